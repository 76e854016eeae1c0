package io.sessionkit.spring.security;

import java.time.Duration;
import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.app.TestClock;
import io.sessionkit.spring.autoconfigure.SessionStorageCustomizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * {@code maximumSessions(n)} counts our sessions, on every node, and opens none of the
 * container's.
 */
class MaximumSessionsTests {

	/** Longer than a subject may be. */
	private static final String LONG_NAME = "x".repeat(256);

	private static RunningApp app;

	@BeforeAll
	static void start() {
		app = SecuredApps.start(LimitedApp.class, "sessionkit.storage=memory");
	}

	@AfterAll
	static void stop() {
		assertThat(app.bean(SecuredPages.Watch.class).containerSessions()).isEmpty();
		app.close();
	}

	private static Visitor login(String chain, String user) {
		Visitor visitor = new Visitor(app);
		login(visitor, chain, user);
		return visitor;
	}

	private static String login(Visitor visitor, String chain, String user) {
		return visitor.postWithoutToken(chain + "/login", Map.of("username", user, "password", "p")).location();
	}

	/** The age of a session is told in whole seconds. */
	private static void laterBy(int seconds) {
		app.bean(TestClock.class).ahead(Duration.ofSeconds(seconds));
	}

	private static boolean isIn(Visitor visitor, String chain) {
		return visitor.get(chain + "/who").status() == 200;
	}

	@Test
	void oneLoginTooManyEndsTheOldestSessionOfThatUser() {
		Visitor other = login("/two", "bob");
		Visitor first = login("/two", "ada");
		laterBy(1);
		Visitor second = login("/two", "ada");
		assertThat(isIn(first, "/two")).isTrue();
		laterBy(2);
		Visitor third = login("/two", "ada");
		assertThat(isIn(first, "/two")).isFalse();
		assertThat(isIn(second, "/two")).isTrue();
		assertThat(isIn(third, "/two")).isTrue();
		assertThat(isIn(other, "/two")).isTrue();
	}

	@Test
	void aLimitOfMoreThanAHundredIsEnforcedToo() {
		SubjectSessions sessions = app.bean(SubjectSessions.class);
		Visitor first = login("/many", "flo");
		laterBy(1);
		SessionStorage storage = app.bean(SessionStorage.class);
		for (int i = 1; i < LimitedApp.MANY; i++) {
			Session session = storage.getSession(null);
			session.subject("flo");
			storage.commitSession(session);
		}
		assertThat(isIn(first, "/many")).isTrue();
		laterBy(1);
		Visitor last = login("/many", "flo");
		assertThat(isIn(first, "/many")).isFalse();
		assertThat(isIn(last, "/many")).isTrue();
		assertThat(sessions.list("flo", 1000)).hasSize(LimitedApp.MANY);
	}

	@Test
	void whereLoginsAreRefusedTheSessionsThereStay() {
		Visitor first = login("/refusing", "eve");
		Visitor second = new Visitor(app);
		assertThat(login(second, "/refusing", "eve")).contains("error");
		assertThat(isIn(second, "/refusing")).isFalse();
		assertThat(isIn(first, "/refusing")).isTrue();
		first.postWithoutToken("/refusing/logout", Map.of());
		assertThat(login(second, "/refusing", "eve")).doesNotContain("error");
		assertThat(isIn(second, "/refusing")).isTrue();
	}

	@Test
	void loggingInAgainInTheSameBrowserTakesNobodysPlace() {
		for (String chain : new String[] { "/two", "/refusing" }) {
			Visitor visitor = login(chain, "dan");
			assertThat(login(visitor, chain, "dan")).doesNotContain("error");
			assertThat(isIn(visitor, chain)).as(chain).isTrue();
			visitor.postWithoutToken(chain + "/logout", Map.of());
		}
	}

	@Test
	void aUserWhoseSessionsCannotBeCountedIsNotLoggedIn() {
		for (String chain : new String[] { "/two", "/refusing" }) {
			Visitor visitor = new Visitor(app);
			assertThat(login(visitor, chain, LONG_NAME)).as(chain).contains("error");
			assertThat(isIn(visitor, chain)).as(chain).isFalse();
		}
	}

	@Test
	void cookiesCannotBeCountedWhichTheStartSays() {
		assertThatException().isThrownBy(() -> SecuredApps.start(LimitedApp.class).close())
			.havingRootCause()
			.withMessageContaining("maximumSessions(n)")
			.withMessageContaining("sessionkit.storage");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ ChainPages.class, SecuredPages.Watch.class })
	static class LimitedApp {

		static final int MANY = 150;

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("ada").password("{noop}p").build(),
					User.withUsername("bob").password("{noop}p").build(),
					User.withUsername("dan").password("{noop}p").build(),
					User.withUsername("flo").password("{noop}p").build(),
					User.withUsername("eve").password("{noop}p").build(),
					User.withUsername(LONG_NAME).password("{noop}p").build());
		}

		@Bean
		TestClock testClock() {
			return new TestClock();
		}

		@Bean
		SessionStorageCustomizer clockCustomizer(TestClock clock) {
			return (storage) -> storage.clock(clock);
		}

		@Bean
		@Order(1)
		SecurityFilterChain two(HttpSecurity http) {
			return on(http, "/two").sessionManagement((sessions) -> sessions.maximumSessions(2)).build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain many(HttpSecurity http) {
			return on(http, "/many").sessionManagement((sessions) -> sessions.maximumSessions(MANY)).build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain refusing(HttpSecurity http) {
			return on(http, "/refusing")
				.sessionManagement((sessions) -> sessions.maximumSessions(1).maxSessionsPreventsLogin(true))
				.build();
		}

		private static HttpSecurity on(HttpSecurity http, String path) {
			http.securityMatcher(path + "/**");
			http.formLogin((login) -> login.loginProcessingUrl(path + "/login").failureUrl(path + "/form?error"));
			http.logout((logout) -> logout.logoutUrl(path + "/logout"));
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.httpBasic(withDefaults());
			return http.csrf(AbstractHttpConfigurer::disable);
		}

	}

}
