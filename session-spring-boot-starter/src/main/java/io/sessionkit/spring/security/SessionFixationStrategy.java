package io.sessionkit.spring.security;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.sessionkit.Session;
import io.sessionkit.LibraryAttributes;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

/**
 * Gives the session a new id at every login, so that nobody who knew the old one is
 * logged in with it; on demand without what was in it, but for what Spring Security keeps
 * there.
 */
final class SessionFixationStrategy implements SessionAuthenticationStrategy {

	private static final String OF_SECURITY = "security.";

	private final BooleanSupplier stateless;

	private final boolean emptying;

	SessionFixationStrategy(BooleanSupplier stateless, boolean emptying) {
		this.stateless = stateless;
		this.emptying = emptying;
	}

	@Override
	public void onAuthentication(@Nullable Authentication authentication, HttpServletRequest request,
			HttpServletResponse response) {
		if (this.stateless.getAsBoolean()) {
			return;
		}
		Session session = CurrentSession.of(request);
		if (this.emptying) {
			Stream.of(session.keys(), session.flashKeys()).flatMap(Set::stream).toList().forEach(session::unset);
			LibraryAttributes attributes = LibraryAttributes.of(session);
			attributes.names()
				.stream()
				.filter((name) -> !name.startsWith(OF_SECURITY))
				.toList()
				.forEach(attributes::remove);
		}
		session.regenerateId();
	}

}
