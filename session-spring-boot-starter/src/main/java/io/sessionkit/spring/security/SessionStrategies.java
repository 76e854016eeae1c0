package io.sessionkit.spring.security;

import java.util.function.Supplier;

import io.sessionkit.SubjectSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.authentication.session.AbstractSessionFixationProtectionStrategy;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.security.web.authentication.session.RegisterSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

/**
 * Replaces what Spring Security does with the container's session at a login: the new id
 * (what "none" says stays so) and the limit of sessions for each user. A registry of the
 * application's own keeps its strategies.
 */
final class SessionStrategies implements ObjectPostProcessor<SessionAuthenticationStrategy> {

	private static final String REGISTRY = "sessionRegistry";

	private final SessionAuthenticationStrategy fixation;

	private final Supplier<SubjectSessions> subjects;

	SessionStrategies(SessionAuthenticationStrategy fixation, Supplier<SubjectSessions> subjects) {
		this.fixation = fixation;
		this.subjects = subjects;
	}

	@Override
	@SuppressWarnings("unchecked") // each is of the type that is asked for, or any is
									// taken
	public <O extends SessionAuthenticationStrategy> O postProcess(O object) {
		if (object instanceof AbstractSessionFixationProtectionStrategy) {
			return (O) this.fixation;
		}
		if (!(SessionlessFilters.field(object, REGISTRY) instanceof SessionRegistryImpl registry)) {
			return object;
		}
		if (object.getClass() == ConcurrentSessionControlAuthenticationStrategy.class) {
			return (O) SubjectSessionLimit.like((ConcurrentSessionControlAuthenticationStrategy) object,
					this.subjects.get());
		}
		return (object.getClass() == RegisterSessionAuthenticationStrategy.class) ? (O) new Unregistered(registry)
				: object;
	}

	/** The store knows the sessions. */
	private static final class Unregistered extends RegisterSessionAuthenticationStrategy {

		private Unregistered(SessionRegistryImpl registry) {
			super(registry);
		}

		@Override
		public void onAuthentication(@Nullable Authentication authentication, HttpServletRequest request,
				HttpServletResponse response) {
		}

	}

}
