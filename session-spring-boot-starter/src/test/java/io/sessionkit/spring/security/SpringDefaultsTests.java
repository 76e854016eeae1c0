package io.sessionkit.spring.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.switchuser.SwitchUserFilter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Filters, handlers and strategies that an application makes with Spring Security's
 * defaults, which are the container's session, work on ours.
 */
class SpringDefaultsTests {

	private static final String COOKIE = "__Host-session";

	private static RunningApp app;

	@BeforeAll
	static void start() {
		app = SecuredApps.start(DefaultsApp.class, "sessionkit.storage=memory");
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
		return visitor.postWithoutToken(chain + "/login", Map.of("username", user, "password", "x")).location();
	}

	private static String who(Visitor visitor, String chain) {
		Visitor.Reply reply = visitor.get(chain + "/who");
		return (reply.status() == 200) ? reply.body() : "nobody";
	}

	private static Session session(Visitor visitor) {
		return app.bean(SessionStorage.class).getSession(COOKIE + "=" + visitor.cookie(COOKIE));
	}

	private static SubjectSessions subjects() {
		return app.bean(SubjectSessions.class);
	}

	@Test
	void aStrategyOfTheApplicationForTheIdLeavesNoFixedSession() {
		Visitor visitor = new Visitor(app);
		visitor.get("/plain/set?value=x");
		String before = visitor.cookie(COOKIE);
		login(visitor, "/provided", "ada");
		assertThat(who(visitor, "/provided")).isEqualTo("ada");
		assertThat(who(new Visitor(app).cookie(COOKIE, before), "/provided")).isEqualTo("nobody");
	}

	@Test
	void aNewSessionHasNothingOfTheOldOneButWhatSpringSecurityKeeps() {
		Visitor visitor = new Visitor(app);
		visitor.get("/plain/set?value=planted");
		visitor.get("/new/who");
		assertThat(login(visitor, "/new", "ada")).startsWith("/new/who");
		assertThat(session(visitor).has("mark")).isFalse();
		assertThat(who(visitor, "/new")).isEqualTo("ada");
	}

	@Test
	void whoActsAsAnotherUserIsLoggedOutEverywhereAsTheirOwn() {
		Visitor admin = login("/switch", "ada");
		Visitor bob = login("/plain", "bob");
		String before = admin.cookie(COOKIE);
		admin.get("/switch/as?username=bob");
		assertThat(who(admin, "/switch")).isEqualTo("bob");
		assertThat(admin.cookie(COOKIE)).isNotEqualTo(before);
		assertThat(session(admin).subject()).isEqualTo("ada");
		admin.get("/switch/back");
		assertThat(who(admin, "/switch")).isEqualTo("ada");
		admin.get("/switch/as?username=bob");
		subjects().endAll("ada");
		assertThat(who(admin, "/switch")).isEqualTo("nobody");
		assertThat(who(bob, "/plain")).isEqualTo("bob");
	}

	@Test
	void springSecuritysLogoutHandlerInAControllerLogsOut() {
		Visitor visitor = login("/plain", "ada");
		visitor.get("/plain/set?value=x");
		assertThat(visitor.get("/plain/out").status()).isEqualTo(200);
		assertThat(who(visitor, "/plain")).isEqualTo("nobody");
		assertThat(session(visitor).has("mark")).isFalse();
	}

	@Test
	void aLogoutThatKeepsTheSessionGivesItANewId() {
		Visitor visitor = login("/keep", "ada");
		visitor.get("/plain/set?value=cart");
		String before = visitor.cookie(COOKIE);
		visitor.postWithoutToken("/keep/logout", Map.of());
		assertThat(session(visitor).get("mark")).isEqualTo("cart");
		assertThat(who(visitor, "/keep")).isEqualTo("nobody");
		assertThat(session(new Visitor(app).cookie(COOKIE, before)).isNew()).isTrue();
	}

	@Test
	void aSuccessHandlerOfTheApplicationFindsTheSavedRequest() {
		Visitor visitor = new Visitor(app);
		visitor.get("/saved/who");
		assertThat(login(visitor, "/saved", "ada")).startsWith("/saved/who");
	}

	@Test
	void aSubjectOfTheApplicationStaysFromLoginToLogin() {
		Visitor visitor = login("/own", "ada");
		assertThat(session(visitor).subject()).isEqualTo("account-ada");
		login(visitor, "/own", "bob");
		assertThat(session(visitor).subject()).isEqualTo("account-bob");
		login(visitor, "/plain", "ada");
		assertThat(session(visitor).subject()).isEqualTo("ada");
	}

	@Test
	void aLimitCountsByTheSubjectOfTheApplication() {
		Visitor first = login("/own-limit", "bob");
		Visitor second = login("/own-limit", "bob");
		assertThat(session(second).subject()).isEqualTo("account-bob");
		assertThat(who(first, "/own-limit")).isEqualTo("nobody");
		assertThat(who(second, "/own-limit")).isEqualTo("bob");
	}

	@Test
	void anAdministratorSeesAndEndsTheSessionsOfAUser() {
		Visitor visitor = login("/plain", "dan");
		SessionRegistry registry = app.bean(SessionRegistry.class);
		List<SessionInformation> sessions = registry.getAllSessions("dan", false);
		assertThat(sessions).singleElement()
			.extracting(SessionInformation::getSessionId)
			.asString()
			.isNotEqualTo(session(visitor).id());
		sessions.forEach(SessionInformation::expireNow);
		assertThat(registry.getAllSessions("dan", true)).isEmpty();
		assertThat(who(visitor, "/plain")).isEqualTo("nobody");
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "page", "redirect" })
	void aLoginThatIsSavedAtTheEndOfTheRequestIsKept(String answer) {
		Visitor visitor = new Visitor(app);
		assertThat(visitor.get("/implicit/enter?as=eve&answer=" + answer).status()).isIn(200, 302);
		assertThat(who(visitor, "/implicit")).isEqualTo("eve");
	}

	@RestController
	static class Enter {

		@GetMapping("/implicit/enter")
		void enter(@RequestParam String as, @RequestParam String answer, HttpServletResponse response)
				throws IOException {
			SecurityContextHolder.getContext()
				.setAuthentication(new UsernamePasswordAuthenticationToken(
						User.withUsername(as).password("").roles("USER").build(), null,
						AuthorityUtils.createAuthorityList("ROLE_USER")));
			switch (answer) {
				case "json" -> response.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
				case "page" -> response.getWriter().write("x".repeat(20_000));
				default -> response.sendRedirect("/implicit/who");
			}
		}

	}

	@RestController
	static class Out {

		@GetMapping("/plain/out")
		String out(Authentication authentication, HttpServletRequest request, HttpServletResponse response) {
			new SecurityContextLogoutHandler().logout(request, response, authentication);
			return "out";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ ChainPages.class, Out.class, Enter.class, SecuredPages.Watch.class })
	static class DefaultsApp {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("ada").password("{noop}x").roles("ADMIN").build(),
					User.withUsername("bob").password("{noop}x").roles("USER").build(),
					User.withUsername("dan").password("{noop}x").roles("USER").build(),
					User.withUsername("eve").password("{noop}x").roles("USER").build());
		}

		@Bean
		ApplicationListener<AuthenticationSuccessEvent> accounts(CurrentSession session, HttpServletRequest request) {
			return (event) -> {
				if (request.getRequestURI().startsWith("/own")) {
					session.get().subject("account-" + event.getAuthentication().getName());
				}
			};
		}

		@Bean
		@Order(1)
		SecurityFilterChain provided(HttpSecurity http) {
			return on(http, "/provided").sessionManagement(
					(sessions) -> sessions.sessionAuthenticationStrategy(new ChangeSessionIdAuthenticationStrategy()))
				.build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain newSession(HttpSecurity http) {
			return on(http, "/new")
				.sessionManagement((sessions) -> sessions.sessionFixation((fixation) -> fixation.newSession()))
				.build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain switching(HttpSecurity http, UserDetailsService users) {
			SwitchUserFilter filter = new SwitchUserFilter();
			filter.setUserDetailsService(users);
			filter.setSwitchUserMatcher((request) -> request.getRequestURI().equals("/switch/as"));
			filter.setExitUserMatcher((request) -> request.getRequestURI().equals("/switch/back"));
			filter.setTargetUrl("/");
			filter.afterPropertiesSet();
			return on(http, "/switch").addFilter(filter).build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain keep(HttpSecurity http) {
			return on(http, "/keep").logout((logout) -> logout.invalidateHttpSession(false)).build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain own(HttpSecurity http) {
			return on(http, "/own").build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain implicit(HttpSecurity http) {
			return on(http, "/implicit").securityContext((contexts) -> contexts.requireExplicitSave(false)).build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain ownLimit(HttpSecurity http) {
			return on(http, "/own-limit").sessionManagement((sessions) -> sessions.maximumSessions(1)).build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain saved(HttpSecurity http) {
			return on(http, "/saved")
				.formLogin((login) -> login.successHandler(new SavedRequestAwareAuthenticationSuccessHandler()))
				.build();
		}

		@Bean
		@Order(2)
		SecurityFilterChain plain(HttpSecurity http) {
			return on(http, "/plain").build();
		}

		private static HttpSecurity on(HttpSecurity http, String path) {
			http.securityMatcher(path + "/**");
			http.formLogin((login) -> login.loginProcessingUrl(path + "/login").loginPage("/login"));
			http.logout((logout) -> logout.logoutUrl(path + "/logout"));
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/*/set", "/*/enter")
				.permitAll()
				.anyRequest()
				.authenticated());
			return http.csrf(AbstractHttpConfigurer::disable);
		}

	}

}
