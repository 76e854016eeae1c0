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
 * What every {@link HttpSecurity} gets: a logout that works while the store is down, a
 * login that keeps the id where the chain says so, and a start that fails where
 * {@code maximumSessions} could count nothing. It comes first, so that whatever the
 * application sets itself counts.
 *
 * <p>
 * Of a session that is shared with a peer nothing is believed: there the CSRF token is in
 * a cookie of Spring Security's own.
 */
public final class SessionHttpSecurityCustomizer implements Customizer<HttpSecurity>, Ordered {

	private final SessionStorage storage;

	private final Supplier<SecurityContextHolderStrategy> contexts;

	private final Supplier<SubjectSessions> subjects;

	/**
	 * Creates the customizer.
	 * @param storage where the sessions are
	 * @param contexts the strategy of the application
	 * @param subjects who can count the sessions of a user
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
					@SuppressWarnings("unchecked") // any strategy is taken
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
					"maximumSessions(n) is set, and this storage cannot tell how many sessions a user has",
					"set sessionkit.storage to one that can, or remove maximumSessions");
		}
	}

}
