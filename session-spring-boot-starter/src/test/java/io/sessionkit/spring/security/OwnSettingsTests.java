package io.sessionkit.spring.security;

import java.util.List;
import java.util.Map;

import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.security.Visitor.Reply;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.NullRequestCache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * What the application sets itself counts, chain by chain, and every kind of login leaves
 * the container without a session.
 */
class OwnSettingsTests {

	private static final String COOKIE = "__Host-session";

	@Test
	void settingsOfAChainCount() {
		try (RunningApp app = SecuredApps.start(OwnApp.class)) {
			statelessChainsKeepNobody(app);
			anOwnRepositoryCounts(app);
			anOwnTokenRepositoryCounts(app);
			anOwnRequestCacheCounts(app);
			withoutFixationProtectionTheIdStays(app);
			anExplicitPolicyCostsAReadAndNoWrite(app);
			rememberMeLogsInAgainWithANewId(app);
			logoutWorksWhileNothingCanBeRead(app);
			assertThat(app.bean(SecuredPages.Watch.class).containerSessions()).isEmpty();
		}
	}

	private static void logoutWorksWhileNothingCanBeRead(RunningApp app) {
		Visitor visitor = login(app, "/plain");
		String cookie = visitor.cookie(COOKIE);
		app.store().calls();
		app.store().fail(CountingStrategy.Call.READ);
		assertThat(visitor.get("/plain/who").status()).isEqualTo(503);
		Reply logout = visitor.postWithoutToken("/plain/logout", Map.of());
		assertThat(logout.status()).isEqualTo(302);
		assertThat(visitor.cookies()).isEmpty();
		assertThat(app.store().calls()).contains(CountingStrategy.Call.DELETE);
		app.store().recover();
		assertThat(new Visitor(app).cookie(COOKIE, cookie).get("/plain/who").status()).isEqualTo(302);
	}

	private static void statelessChainsKeepNobody(RunningApp app) {
		for (String chain : List.of("/stateless", "/stateless-cached")) {
			Visitor visitor = new Visitor(app);
			visitor.cookie(COOKIE, login(app, "/plain").cookie(COOKIE));
			assertThat(visitor.get(chain + "/who").status()).as(chain).isIn(302, 401, 403);
			assertThat(visitor.get(chain + "/who", "Authorization", "Basic YWRhOmFuYWx5dGljYWw=").body()).as(chain)
				.startsWith("ada");
			Reply login = visitor.postWithoutToken(chain + "/login", credentials());
			assertThat(login.status()).as(chain).isEqualTo(302);
			assertThat(login.location()).as(chain).isEqualTo("/");
			assertThat(visitor.get(chain + "/who").status()).as(chain).isIn(302, 401, 403);
		}
	}

	private static void anOwnRepositoryCounts(RunningApp app) {
		Visitor visitor = login(app, "/own-context");
		assertThat(visitor.get("/own-context/who").status()).isEqualTo(302);
	}

	private static void anOwnTokenRepositoryCounts(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.get("/own-csrf/form");
		assertThat(visitor.cookies()).containsOnlyKeys("XSRF-TOKEN");
	}

	private static void anOwnRequestCacheCounts(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.get("/own-cache/who");
		assertThat(visitor.cookies()).containsOnlyKeys("REDIRECT_URI");
		visitor = new Visitor(app);
		visitor.get("/no-cache/who");
		assertThat(visitor.cookies()).isEmpty();
		assertThat(login(app, "/no-cache").get("/no-cache/who").body()).startsWith("ada");
	}

	private static void withoutFixationProtectionTheIdStays(RunningApp app) {
		for (String chain : List.of("/no-fixation", "/new-session")) {
			Visitor visitor = new Visitor(app);
			visitor.get("/plain/set?value=x");
			String before = visitor.cookie(COOKIE);
			visitor.postWithoutToken(chain + "/login", credentials());
			Visitor thief = new Visitor(app).cookie(COOKIE, before);
			assertThat(thief.get(chain + "/who").status()).as(chain)
				.isEqualTo(chain.equals("/no-fixation") ? 200 : 302);
		}
	}

	private static void anExplicitPolicyCostsAReadAndNoWrite(RunningApp app) {
		Visitor visitor = login(app, "/if-required");
		app.store().calls();
		String before = visitor.cookie(COOKIE);
		assertThat(visitor.get("/if-required/who").body()).startsWith("ada");
		assertThat(app.store().calls()).isEqualTo(List.of(CountingStrategy.Call.READ));
		assertThat(visitor.cookie(COOKIE)).isEqualTo(before);
	}

	private static void rememberMeLogsInAgainWithANewId(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.postWithoutToken("/remember/login",
				Map.of("username", SecuredApp.USER, "password", SecuredApp.PASSWORD, "remember-me", "on"));
		assertThat(visitor.cookies()).containsOnlyKeys(COOKIE, "remember-me");
		Visitor later = new Visitor(app).cookie("remember-me", visitor.cookie("remember-me"));
		later.get("/plain/set?value=x");
		String before = later.cookie(COOKIE);
		assertThat(later.get("/remember/who").body()).startsWith("ada");
		assertThat(later.cookie(COOKIE)).isNotEqualTo(before);
		later.cookies().remove("remember-me");
		assertThat(later.get("/remember/who").body()).startsWith("ada");
		assertThat(later.postWithoutToken("/remember/logout", Map.of()).status()).isEqualTo(302);
		assertThat(later.get("/remember/who").status()).isEqualTo(302);
	}

	private static Visitor login(RunningApp app, String chain) {
		Visitor visitor = new Visitor(app);
		assertThat(visitor.postWithoutToken(chain + "/login", credentials()).status()).isEqualTo(302);
		return visitor;
	}

	private static Map<String, String> credentials() {
		return Map.of("username", SecuredApp.USER, "password", SecuredApp.PASSWORD);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ ChainPages.class, SecuredPages.Watch.class })
	static class OwnApp {

		@Bean
		CountingStrategy store() {
			return new CountingStrategy();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername(SecuredApp.USER).password("{noop}" + SecuredApp.PASSWORD).roles("USER").build());
		}

		@Bean
		@Order(1)
		SecurityFilterChain stateless(HttpSecurity http) {
			return on(http, "/stateless").httpBasic(withDefaults())
				.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
				.build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain statelessWithCache(HttpSecurity http) {
			return on(http, "/stateless-cached").httpBasic(withDefaults())
				.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
				.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
				.build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain ownContext(HttpSecurity http) {
			return on(http, "/own-context")
				.securityContext(
						(context) -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
				.build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain ownCsrf(HttpSecurity http) {
			return on(http, "/own-csrf")
				.csrf((csrf) -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse()))
				.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain ownCache(HttpSecurity http) {
			return on(http, "/own-cache").requestCache((cache) -> cache.requestCache(new CookieRequestCache())).build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain noCache(HttpSecurity http) {
			return on(http, "/no-cache").requestCache((cache) -> cache.requestCache(new NullRequestCache())).build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain noFixation(HttpSecurity http) {
			return on(http, "/no-fixation")
				.sessionManagement((sessions) -> sessions.sessionFixation((fixation) -> fixation.none()))
				.build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain newSession(HttpSecurity http) {
			return on(http, "/new-session")
				.sessionManagement((sessions) -> sessions.sessionFixation((fixation) -> fixation.newSession()))
				.build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain ifRequired(HttpSecurity http) {
			return on(http, "/if-required")
				.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED))
				.build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain remember(HttpSecurity http) {
			return on(http, "/remember").rememberMe((remember) -> remember.key("k").rememberMeParameter("remember-me"))
				.build();
		}

		@Bean
		@Order(2)
		SecurityFilterChain plain(HttpSecurity http) {
			return on(http, "/plain").build();
		}

		/** Each below a path of its own, and without CSRF where that is not the point. */
		private static HttpSecurity on(HttpSecurity http, String path) {
			http.securityMatcher(path + "/**");
			http.formLogin((login) -> login.loginProcessingUrl(path + "/login").loginPage("/login"));
			http.logout((logout) -> logout.logoutUrl(path + "/logout"));
			if (!path.equals("/own-csrf")) {
				http.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/plain/set").permitAll().anyRequest().authenticated());
				http.csrf(AbstractHttpConfigurer::disable);
			}
			return http;
		}

	}

}
