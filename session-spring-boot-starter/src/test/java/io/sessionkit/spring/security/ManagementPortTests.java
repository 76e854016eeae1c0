package io.sessionkit.spring.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.web.CurrentSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The actuator behind Spring Security answers alike on the application's port and on one
 * of its own.
 */
class ManagementPortTests {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final String BASIC = "Basic " + Base64.getEncoder()
		.encodeToString((SecuredApp.USER + ":" + SecuredApp.PASSWORD).getBytes(StandardCharsets.UTF_8));

	private static final RunningApp DEFAULTS = start(Defaults.class, "management.server.port=0");

	private static final RunningApp DEFAULTS_ON_ONE = start(Defaults.class);

	private static final RunningApp CHAINS = start(Chains.class, "management.server.port=0");

	private static RunningApp start(Class<?> application, String... properties) {
		return SecuredApps.start(application,
				Stream
					.concat(Stream.of("management.endpoints.web.exposure.include=health,metrics,info,env",
							"management.endpoint.health.probes.enabled=true", "management.health.redis.enabled=false",
							"management.health.sessionkit.enabled=false"), Stream.of(properties))
					.toArray(String[]::new));
	}

	static Stream<RunningApp> all() {
		return Stream.of(DEFAULTS, DEFAULTS_ON_ONE, CHAINS);
	}

	@AfterAll
	static void stop() {
		all().forEach(RunningApp::close);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("all")
	void probesAreOpenToEverybody(RunningApp app) {
		assertThat(get(app, "/actuator/health").statusCode()).isEqualTo(200);
		assertThat(get(app, "/actuator/health/liveness").statusCode()).isEqualTo(200);
		assertThat(get(app, "/actuator/health/readiness").body()).contains("UP");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("all")
	void theRestIsForThoseWhoLogIn(RunningApp app) {
		assertThat(get(app, "/actuator/metrics", "Accept", "application/json").statusCode()).isEqualTo(401);
		assertThat(get(app, "/actuator/metrics", "Authorization", BASIC).statusCode()).isEqualTo(200);
		assertThat(get(app, "/actuator/metrics", "Authorization", BASIC + "x").statusCode()).isEqualTo(401);
		assertThat(get(app, "/actuator/none", "Authorization", BASIC).statusCode()).isEqualTo(404);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("all")
	void aScrapeAsksNoStore(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.get("/login");
		visitor.post("/login", Map.of("username", SecuredApp.USER, "password", SecuredApp.PASSWORD));
		String cookie = "__Host-session=" + visitor.cookie("__Host-session");
		assertThat(cookie).hasSizeGreaterThan(20);
		app.store().calls();
		assertThat(get(app, "/actuator/health").statusCode()).isEqualTo(200);
		assertThat(get(app, "/actuator/metrics/jvm.info", "Authorization", BASIC).statusCode()).isEqualTo(200);
		HttpResponse<String> open = get(app, "/actuator/health", "Cookie", cookie);
		assertThat(open.statusCode()).isEqualTo(200);
		assertThat(open.headers().allValues("Set-Cookie")).isEmpty();
		assertThat(app.store().calls()).isEmpty();
		assertThat(get(app, "/actuator/metrics", "Cookie", cookie).statusCode()).isEqualTo(200);
		assertThat(app.store().calls()).containsExactly(CountingStrategy.Call.READ);
	}

	@Test
	void whatASecurityChainCallsHasTheSessionOnBothPorts() {
		HttpResponse<String> denied = get(CHAINS, "/actuator/metrics", "Accept", "text/html");
		assertThat(denied.statusCode()).isEqualTo(302);
		assertThat(denied.headers().firstValue("Location")).get().asString().endsWith("/login?absence=ABSENT");
		HttpRequest page = HttpRequest.newBuilder(URI.create("http://localhost:" + CHAINS.port() + "/page"))
			.header("Accept", "text/html")
			.build();
		assertThat(CLIENT.sendAsync(page, BodyHandlers.ofString()).join().headers().firstValue("Location")).get()
			.asString()
			.endsWith("/login?absence=ABSENT");
	}

	private static HttpResponse<String> get(RunningApp app, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + app.managementPort() + path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).join();
	}

	/** The chain of Spring Boot: health is open, the rest is not. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Defaults {

		@Bean
		CountingStrategy store() {
			return new CountingStrategy();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername(SecuredApp.USER)
				.password("{noop}" + SecuredApp.PASSWORD)
				.roles("OPERATOR")
				.build());
		}

	}

	/** Tells the login page of browsers why there is no session. */
	private static void askOf(HttpSecurity http, CurrentSession session) {
		AuthenticationEntryPoint login = (request, response, ex) -> response
			.sendRedirect("/login?absence=" + session.get().absence());
		http.exceptionHandling((denied) -> denied.defaultAuthenticationEntryPointFor(login,
				(request) -> "text/html".equals(request.getHeader("Accept"))));
	}

	/** As the reference of Spring Boot has it. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Defaults.class)
	static class Chains {

		@Bean
		@Order(1)
		SecurityFilterChain endpoints(HttpSecurity http, CurrentSession session) {
			askOf(http, session);
			http.securityMatcher(EndpointRequest.toAnyEndpoint());
			http.authorizeHttpRequests((requests) -> requests.requestMatchers(EndpointRequest.to("health"))
				.permitAll()
				.anyRequest()
				.hasRole("OPERATOR"));
			return http.httpBasic(withDefaults()).build();
		}

		@Bean
		@Order(2)
		SecurityFilterChain pages(HttpSecurity http, CurrentSession session) {
			askOf(http, session);
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			return http.formLogin(withDefaults()).httpBasic(withDefaults()).build();
		}

	}

}
