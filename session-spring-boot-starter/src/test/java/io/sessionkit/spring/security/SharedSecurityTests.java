package io.sessionkit.spring.security;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Where another program writes the session too, Spring Security believes nothing of it,
 * and what cannot be kept there is in a cookie of its own, or says so.
 */
class SharedSecurityTests {

	private static final String COOKIE = "__session";

	private static RunningApp app;

	@BeforeAll
	static void start() {
		app = SecuredApps.start(SharedApp.class, "sessionkit.format=react-router");
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	private static String peers(Map<String, String> json) {
		StringBuilder text = new StringBuilder("{");
		json.forEach((name, value) -> text.append((text.length() > 1) ? "," : "")
			.append('"')
			.append(name)
			.append("\":")
			.append(value));
		return app.bean(SessionCookie.class)
			.seal(CookiePurpose.SESSION, text.append('}').toString().getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void aPeerWhoWritesALoginMakesNobodySomebody() {
		RunningApp sealed = SecuredApps.withCookies();
		Visitor ada = new Visitor(sealed);
		ada.login();
		String name = sealed.bean(SessionCookie.class).name();
		Session session = sealed.bean(SessionStorage.class).getSession(name + "=" + ada.cookie(name));
		String context = String.valueOf(LibraryAttributes.of(session).get("~SPRING_SECURITY_CONTEXT", JsonNode.class));
		assertThat(context).contains("ada");
		Visitor visitor = new Visitor(app).cookie(COOKIE,
				peers(Map.of("~SPRING_SECURITY_CONTEXT", context, "theme", "\"dark\"")));
		assertThat(visitor.get("/open/session").body()).contains("theme");
		Visitor.Reply who = visitor.get("/who");
		assertThat(who.location()).as(who.toString()).isEqualTo("/enter");
	}

	@Test
	void aTokenOfThePeersIsNoneAndOneInACookieOfItsOwnWorks() {
		Visitor visitor = new Visitor(app).cookie(COOKIE, peers(Map.of("security.csrf", "\"AAAA\"")));
		assertThat(visitor.postWithoutToken("/open/act", Map.of("_csrf", "AAAA")).status()).isEqualTo(403);
		visitor.get("/open/form");
		assertThat(visitor.cookies()).containsKey("XSRF-TOKEN");
		assertThat(visitor.post("/open/act", Map.of()).body()).isEqualTo("acted");
	}

	@Test
	void whereAVisitorWantedToGoIsInACookieOfItsOwn() {
		Visitor visitor = new Visitor(app);
		visitor.get("/who");
		assertThat(visitor.cookies()).containsOnlyKeys("REDIRECT_URI");
	}

	@Test
	void httpBasicWorksAsItNeedsNoSession() {
		assertThat(new Visitor(app).get("/who", "Authorization", "Basic YWRhOmFuYWx5dGljYWw=").body())
			.startsWith("ada");
	}

	@Test
	void aLoginOfTheApplicationsOwnIsToldWhatToDo() {
		assertTold("/open/login-as?name=bob&role=USER", "SPRING_SECURITY_CONTEXT", "shared with React Router");
	}

	@Test
	void redirectAttributesAreToldWhatToDo() {
		assertTold("/open/redirect", "Redirect attributes", "shared with another program", "session.flash(...)");
	}

	private static void assertTold(String path, String... texts) {
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			Visitor visitor = new Visitor(app);
			visitor.get("/open/form");
			assertThat(visitor.post(path, Map.of()).status()).isEqualTo(500);
			assertThat(log.events().stream().filter((event) -> event.getLevel() == Level.ERROR)).singleElement()
				.satisfies(
						(event) -> assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy())).contains(texts));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ SecuredPages.class, Redirecting.class })
	static class SharedApp {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/open/**", "/error")
				.permitAll()
				.anyRequest()
				.authenticated());
			http.exceptionHandling((exceptions) -> exceptions
				.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/enter")));
			http.httpBasic(withDefaults());
			return http.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername(SecuredApp.USER).password("{noop}" + SecuredApp.PASSWORD).roles("USER").build());
		}

	}

	@Controller
	static class Redirecting {

		@PostMapping("/open/redirect")
		String redirect(RedirectAttributes redirect) {
			redirect.addFlashAttribute("notice", "saved");
			return "redirect:/open";
		}

	}

}
