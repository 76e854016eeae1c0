package io.sessionkit.spring.security;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.sessionkit.SubjectSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.authentication.session.AbstractSessionFixationProtectionStrategy;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.authentication.session.RegisterSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionFixationProtectionStrategy;

/**
 * Replaces what Spring Security does with the container's session at a login: the new id,
 * and the limit of sessions for each user. A registry of the application's own keeps its
 * strategies.
 */
final class SessionStrategies implements ObjectPostProcessor<SessionAuthenticationStrategy> {

	private static final Logger logger = LoggerFactory.getLogger(SessionStrategies.class);

	private static final String REGISTRY = "sessionRegistry";

	private static final String MIGRATES = "migrateSessionAttributes";

	private final BooleanSupplier stateless;

	private final Supplier<SubjectSessions> subjects;

	SessionStrategies(BooleanSupplier stateless, Supplier<SubjectSessions> subjects) {
		this.stateless = stateless;
		this.subjects = subjects;
	}

	@Override
	@SuppressWarnings("unchecked") // each is of the type that is asked for, or any is
									// taken
	public <O extends SessionAuthenticationStrategy> O postProcess(O object) {
		return (O) replacement(object);
	}

	private SessionAuthenticationStrategy replacement(SessionAuthenticationStrategy strategy) {
		if (strategy instanceof AbstractSessionFixationProtectionStrategy) {
			boolean emptying = strategy instanceof SessionFixationProtectionStrategy
					&& Boolean.FALSE.equals(PrivateFields.get(strategy, MIGRATES));
			return new SessionFixationStrategy(this.stateless, emptying);
		}
		if (strategy instanceof NullAuthenticatedSessionStrategy) {
			return new KeptId();
		}
		if (!(PrivateFields.get(strategy, REGISTRY) instanceof SessionRegistry registry) || !isReplaced(registry)) {
			return strategy;
		}
		if (strategy.getClass() == ConcurrentSessionControlAuthenticationStrategy.class) {
			return SubjectSessionLimit.like((ConcurrentSessionControlAuthenticationStrategy) strategy, this.stateless,
					this.subjects.get());
		}
		return (strategy.getClass() == RegisterSessionAuthenticationStrategy.class) ? new Unregistered(registry)
				: strategy;
	}

	private static boolean isReplaced(SessionRegistry registry) {
		if (registry.getClass() == SessionRegistryImpl.class) {
			logger.warn("The SessionRegistryImpl of this application stays empty, since sessions are not the "
					+ "container's: remove the bean, and SessionKit's SessionRegistry lists and ends them");
			return true;
		}
		return registry instanceof SubjectSessionRegistry;
	}

	/** The store knows the sessions. */
	private static final class Unregistered extends RegisterSessionAuthenticationStrategy {

		private Unregistered(SessionRegistry registry) {
			super(registry);
		}

		@Override
		public void onAuthentication(@Nullable Authentication authentication, HttpServletRequest request,
				HttpServletResponse response) {
		}

	}

}
