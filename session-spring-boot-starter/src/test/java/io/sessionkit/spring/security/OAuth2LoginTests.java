package io.sessionkit.spring.security;

import java.util.Set;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.security.Visitor.Reply;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * An OAuth2 login at a provider: in the store however long the id token is, in the cookie
 * where it fits.
 */
class OAuth2LoginTests {

	/** Makes an id token of 2 KB. */
	private static final String AUTHORIZATION_REQUEST = "~~oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository"
			+ ".AUTHORIZATION_REQUEST";

	private static final int LONG = 950;

	private static FakeProvider provider;

	private static RunningApp inCookie;

	private static RunningApp inStore;

	@BeforeAll
	static void start() {
		provider = new FakeProvider();
		inCookie = SecuredApps.start(OAuthApp.class, provider.properties());
		inStore = SecuredApps.start(OAuthStoreApp.class, provider.properties());
	}

	@AfterAll
	static void stop() {
		inCookie.close();
		inStore.close();
		provider.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, LONG })
	void whoComesBackFromTheProviderIsLoggedIn(int padding) {
		provider.padding(padding);
		Visitor visitor = new Visitor(inStore);
		Reply back = comeBack(visitor);
		assertThat(back.location()).isEqualTo("/me?continue");
		assertThat(visitor.get(back.location()).body()).startsWith("ada rate 1.5 token ")
			.satisfies((body) -> assertThat(Integer.parseInt(body.substring(body.lastIndexOf(' ') + 1)))
				.isGreaterThan(2 * padding));
		assertThat(visitor.cookies()).containsOnlyKeys("__Host-session");
		assertThat(inStore.bean(SecuredPages.Watch.class).containerSessions()).isEmpty();
	}

	@Test
	void aShortIdTokenFitsIntoTheCookie() {
		provider.padding(0);
		Visitor visitor = new Visitor(inCookie);
		Reply back = comeBack(visitor);
		assertThat(visitor.get(back.location()).body()).startsWith("ada rate 1.5 token ");
		assertThat(visitor.cookies()).containsOnlyKeys("__Host-session");
		assertThat(inCookie.bean(SecuredPages.Watch.class).containerSessions()).isEmpty();
	}

	@Test
	void aLongOneIsRefusedWithTheBytesAndTheRemedy() {
		provider.padding(LONG);
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			Reply back = comeBack(new Visitor(inCookie));
			assertThat(back.status()).isEqualTo(500);
			assertThat(log.events().stream().filter((event) -> event.getLevel() == Level.ERROR)).singleElement()
				.satisfies((event) -> assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy()))
					.contains("SessionTooLargeException", "SPRING_SECURITY_CONTEXT=", "use a storage with records"));
		}
	}

	@Test
	void whatIsRememberedMeanwhileIsForgottenAndNothingElseIsTaken() {
		provider.padding(0);
		Visitor visitor = new Visitor(inCookie);
		String authorize = visitor.get(visitor.get("/me").location()).location();
		assertThat(keys(visitor)).contains(AUTHORIZATION_REQUEST);
		assertThat(visitor.get("/login/oauth2/code/fake?code=c0de&state=forged").location()).isEqualTo("/login?error");
		String callback = visitor.get(authorize).location();
		assertThat(visitor.get(callback).location()).isEqualTo("/me?continue");
		assertThat(keys(visitor)).doesNotContain(AUTHORIZATION_REQUEST);
		assertThat(visitor.get(callback).location()).as("again").isEqualTo("/login?error");
	}

	@Test
	void aRepositoryOfTheApplicationCounts() {
		try (RunningApp own = SecuredApps.start(OwnRepositoryApp.class, provider.properties())) {
			Visitor visitor = new Visitor(own);
			assertThat(visitor.get(visitor.get("/me").location()).location()).startsWith(provider.url());
			assertThat(visitor.cookies()).containsKey("own");
			assertThat(keys(own, visitor)).containsExactly("~SPRING_SECURITY_SAVED_REQUEST");
		}
	}

	private static Set<String> keys(Visitor visitor) {
		return keys(inCookie, visitor);
	}

	private static Set<String> keys(RunningApp app, Visitor visitor) {
		Session session = app.bean(SessionStorage.class)
			.getSession("__Host-session=" + visitor.cookie("__Host-session"));
		return LibraryAttributes.of(session).names();
	}

	private static Reply comeBack(Visitor visitor) {
		String start = visitor.get("/me").location();
		assertThat(start).isEqualTo("/oauth2/authorization/fake");
		String authorize = visitor.get(start).location();
		assertThat(authorize).startsWith(provider.url() + "/authorize?");
		return visitor.get(visitor.get(authorize).location());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Me.class, SecuredPages.Watch.class })
	static class OAuthApp {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/error").permitAll().anyRequest().authenticated());
			http.oauth2Login(withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(OAuthApp.class)
	static class OAuthStoreApp {

		@Bean
		CountingStrategy store() {
			return new CountingStrategy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Me.class)
	static class OwnRepositoryApp {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login((login) -> login
				.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestRepository(new OwnRepository())));
			return http.build();
		}

	}

	static final class OwnRepository implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

		@Override
		public OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
			return null;
		}

		@Override
		public void saveAuthorizationRequest(OAuth2AuthorizationRequest authorizationRequest,
				HttpServletRequest request, HttpServletResponse response) {
			Cookie cookie = new Cookie("own", "1");
			cookie.setPath("/");
			response.addCookie(cookie);
		}

		@Override
		public OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
				HttpServletResponse response) {
			return null;
		}

	}

	@RestController
	static class Me {

		@GetMapping("/me")
		String me(@AuthenticationPrincipal OidcUser user) {
			return user.getName() + " rate " + user.getClaims().get("rate") + " token "
					+ user.getIdToken().getTokenValue().length();
		}

	}

}
