package io.sessionkit.spring.security;

import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * A logout at the provider ends our sessions of that user, and none is confirmed that did
 * not happen.
 */
class BackChannelLogoutTests {

	private static FakeProvider provider;

	private static RunningApp app;

	@BeforeAll
	static void start() {
		provider = new FakeProvider();
		app = SecuredApps.start(LogoutApp.class, "sessionkit.storage=memory", "provider.url=" + provider.url());
	}

	@AfterAll
	static void stop() {
		assertThat(app.bean(SecuredPages.Watch.class).containerSessions()).isEmpty();
		app.close();
		provider.close();
	}

	private static Visitor login() {
		Visitor visitor = new Visitor(app);
		String authorize = visitor.get(visitor.get("/me").location()).location();
		assertThat(visitor.get(visitor.get(authorize).location()).location()).startsWith("/me");
		return visitor;
	}

	private static int logout(Map<String, Object> claims) {
		return new Visitor(app)
			.postWithoutToken("/logout/connect/back-channel/fake", Map.of("logout_token", provider.logoutToken(claims)))
			.status();
	}

	@Test
	void whoLogsOutAtTheProviderIsLoggedOutHereInEveryBrowser() {
		Visitor one = login();
		Visitor other = login();
		assertThat(logout(Map.of("sub", "somebody else"))).isEqualTo(200);
		assertThat(one.get("/me").body()).startsWith("ada");
		assertThat(logout(Map.of("sub", "ada"))).isEqualTo(200);
		assertThat(one.get("/me").status()).isEqualTo(302);
		assertThat(other.get("/me").status()).isEqualTo(302);
	}

	@Test
	void aTokenThatNamesNobodyIsNotConfirmed() {
		Visitor visitor = login();
		assertThat(logout(Map.of("sid", "s1"))).isEqualTo(500);
		assertThat(visitor.get("/me").body()).startsWith("ada");
		Session session = app.bean(SessionStorage.class)
			.getSession("__Host-session=" + visitor.cookie("__Host-session"));
		assertThat(session.subject()).isEqualTo("ada");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ OAuth2LoginTests.Me.class, SecuredPages.Watch.class })
	static class LogoutApp {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/error").permitAll().anyRequest().authenticated());
			http.oauth2Login(withDefaults());
			http.oidcLogout((logout) -> logout.backChannel(withDefaults()));
			return http.build();
		}

		@Bean
		ClientRegistrationRepository providers(@Value("${provider.url}") String url) {
			return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId("fake")
				.clientId(FakeProvider.CLIENT)
				.clientSecret("secret")
				.scope("openid")
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
				.issuerUri(url)
				.authorizationUri(url + "/authorize")
				.tokenUri(url + "/token")
				.jwkSetUri(url + "/keys")
				.build());
		}

	}

}
