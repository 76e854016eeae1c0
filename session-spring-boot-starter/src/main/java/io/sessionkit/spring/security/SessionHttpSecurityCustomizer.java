package io.sessionkit.spring.security;

import java.util.function.Supplier;

import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;

import org.springframework.core.Ordered;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

/**
 * Customizes every {@link HttpSecurity}. A logout works while the store is down. A login
 * keeps the session id if the filter chain requests it. Startup fails if
 * {@code maximumSessions} is set for a storage that cannot count sessions. This
 * customizer comes first, so the application's own settings override it.
 *
 * <p>
 * If sessions are shared with another program, the CSRF token is kept in a cookie of
 * Spring Security, since the content of such a session is not trusted.
 */
public final class SessionHttpSecurityCustomizer implements Customizer<HttpSecurity>, Ordered {

	private final SessionStorage storage;

	private final Supplier<SecurityContextHolderStrategy> contexts;

	private final Supplier<SubjectSessions> subjects;

	/**
	 * Creates the customizer.
	 * @param storage the storage of the sessions
	 * @param contexts supplies the security context strategy of the application
	 * @param subjects supplies the sessions by principal name, which count the sessions
	 * of a user
	 */
	public SessionHttpSecurityCustomizer(SessionStorage storage, Supplier<SecurityContextHolderStrategy> contexts,
			Supplier<SubjectSessions> subjects) {
		this.storage = storage;
		this.contexts = contexts;
		this.subjects = subjects;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void customize(HttpSecurity http) {
		http.logout((logout) -> logout.addObjectPostProcessor(new ObjectPostProcessor<LogoutFilter>() {

			@Override
			public <O extends LogoutFilter> O postProcess(O filter) {
				filter.setSecurityContextHolderStrategy(
						new TolerantSecurityContextHolderStrategy(SessionHttpSecurityCustomizer.this.contexts.get()));
				return filter;
			}

		}));
		http.sessionManagement(
				(sessions) -> sessions.addObjectPostProcessor(new ObjectPostProcessor<SessionAuthenticationStrategy>() {

					@Override
					@SuppressWarnings("unchecked") // every strategy is accepted
					public <O extends SessionAuthenticationStrategy> O postProcess(O strategy) {
						requireCount(strategy);
						return (strategy instanceof NullAuthenticatedSessionStrategy)
								? (O) new KeptIdAuthenticationStrategy() : strategy;
					}

				}));
		if (this.storage.isShared()) {
			http.csrf((csrf) -> csrf.csrfTokenRepository(new CookieCsrfTokenRepository()));
		}
	}

	private void requireCount(SessionAuthenticationStrategy strategy) {
		if (strategy instanceof ConcurrentSessionControlAuthenticationStrategy && !this.subjects.get().canList()) {
			throw new UnsupportedSessionSettingException(
					"maximumSessions(n) is set, but this storage cannot count the sessions of a user",
					"set sessionkit.storage to one that can, or remove maximumSessions");
		}
	}

}
