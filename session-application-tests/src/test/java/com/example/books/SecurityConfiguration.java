package com.example.books;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.ott.JdbcOneTimeTokenService;
import org.springframework.security.authentication.ott.OneTimeTokenService;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.JdbcOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.ott.OneTimeTokenGenerationSuccessHandler;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.security.web.webauthn.management.JdbcPublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.JdbcUserCredentialRepository;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;

/** Who may do what: a chain for the administration, and one for the shop. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	/** Not in the memory of one node. */
	@Bean
	OAuth2AuthorizedClientService authorizedClients(JdbcTemplate jdbc, ClientRegistrationRepository registrations) {
		return new JdbcOAuth2AuthorizedClientService(jdbc, registrations);
	}

	@Bean
	@Order(1)
	SecurityFilterChain administration(HttpSecurity http, @Value("${books.sessions-per-admin:0}") int sessions)
			throws Exception {
		return http.securityMatcher("/admin/**")
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/admin/login").permitAll().anyRequest().hasRole("ADMIN"))
			.formLogin((form) -> form.loginPage("/admin/login"))
			.logout((logout) -> logout.logoutUrl("/admin/logout").logoutSuccessUrl("/bye"))
			.sessionManagement((management) -> {
				management.invalidSessionUrl("/admin/login?ended");
				if (sessions > 0) {
					management.maximumSessions(sessions);
				}
			})
			.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain shop(HttpSecurity http, @Value("${books.origin}") String origin) throws Exception {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/account/**", "/webauthn/register/**")
				.authenticated()
				.anyRequest()
				.permitAll())
			.formLogin(Customizer.withDefaults())
			.rememberMe((remember) -> remember.key("books"))
			.oauth2Login(Customizer.withDefaults())
			.oauth2Client(Customizer.withDefaults())
			.oneTimeTokenLogin(Customizer.withDefaults())
			.webAuthn((passkeys) -> passkeys.rpName("Books").rpId("localhost").allowedOrigins(origin))
			.build();
	}

	@Bean
	HttpSessionEventPublisher httpSessionEventPublisher() {
		return new HttpSessionEventPublisher();
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(
				User.withUsername("ada")
					.password("{bcrypt}$2a$10$IzRKB9EUsA44CRJT9MstKuNPMiEce4nuYCa1COYNlroF9a/TuPrcy")
					.roles("USER")
					.build(),
				User.withUsername("root")
					.password("{bcrypt}$2a$10$xnQVnSTmsDG2bpo2KsZequDa5H7toXvXyxIcxjh9/ynM7w7AeEvDG")
					.roles("ADMIN")
					.build());
	}

	/** Shown instead of sent by mail. */
	@Bean
	OneTimeTokenGenerationSuccessHandler tokenSent() {
		return (request, response, token) -> response.sendRedirect("/token-sent?token=" + token.getTokenValue());
	}

	@Bean
	OneTimeTokenService tokens(JdbcTemplate jdbc) {
		return new JdbcOneTimeTokenService(jdbc);
	}

	@Bean
	PublicKeyCredentialUserEntityRepository passkeyUsers(JdbcTemplate jdbc) {
		return new JdbcPublicKeyCredentialUserEntityRepository(jdbc);
	}

	@Bean
	UserCredentialRepository passkeys(JdbcTemplate jdbc) {
		return new JdbcUserCredentialRepository(jdbc);
	}

}
