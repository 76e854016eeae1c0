package io.sessionkit.sample;

import io.sessionkit.Session;
import io.sessionkit.spring.web.CurrentSession;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * The shop with Spring Security, which handles sign-in, sign-out, and CSRF protection on
 * the same session as everything else.
 */
@Configuration(proxyBeanMethods = false)
@Profile("security")
class SecurityConfiguration {

	@Bean
	static SecurityFilterChain shop(HttpSecurity http, RequestCache requests) {
		http.authorizeHttpRequests((pages) -> pages
			.requestMatchers("/login", "/theme", "/session", "/api/session", "/error", "/*.css", "/*.svg", "/art/*")
			.permitAll()
			.anyRequest()
			.authenticated());
		http.formLogin((form) -> form.loginPage("/login").successHandler(welcome(requests)).failureHandler(tryAgain()));
		http.logout((logout) -> logout.invalidateHttpSession(false)
			.addLogoutHandler((request, response, authentication) -> ShopSession.signOut(CurrentSession.of(request)))
			.logoutSuccessUrl("/login"));
		return http.build();
	}

	/** Fills the session and continues to the page that the user asked for. */
	private static AuthenticationSuccessHandler welcome(RequestCache requests) {
		SavedRequestAwareAuthenticationSuccessHandler goOn = new SavedRequestAwareAuthenticationSuccessHandler();
		goOn.setRequestCache(requests);
		return (request, response, authentication) -> {
			Session session = CurrentSession.of(request);
			ShopSession.signIn(session, authentication.getName(),
					Boolean.parseBoolean(request.getParameter("remember")));
			goOn.onAuthenticationSuccess(request, response, authentication);
		};
	}

	private static AuthenticationFailureHandler tryAgain() {
		return (request, response, exception) -> {
			ShopSession.reject(CurrentSession.of(request), request.getParameter("username"));
			response.sendRedirect(request.getContextPath() + "/login");
		};
	}

	@Bean
	static UserDetailsService users(PasswordEncoder encoder) {
		return new InMemoryUserDetailsManager(
				User.withUsername("demo").password(encoder.encode("demo")).roles("CUSTOMER").build());
	}

	@Bean
	static PasswordEncoder passwordEncoder() {
		return PasswordEncoderFactories.createDelegatingPasswordEncoder();
	}

	@Bean
	static FormToken formToken() {
		CsrfTokenRepository tokens = new HttpSessionCsrfTokenRepository();
		return (request, existing) -> {
			CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
			if (token == null || (existing && tokens.loadToken(request) == null)) {
				return null;
			}
			return token.getToken();
		};
	}

}
