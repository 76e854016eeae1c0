package io.sessionkit.spring.security;

import java.util.function.BooleanSupplier;

import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

/**
 * Gives the session a new id at every login, so that nobody who knew the old one is
 * logged in with it.
 */
final class SessionFixationStrategy implements SessionAuthenticationStrategy {

	private final BooleanSupplier stateless;

	SessionFixationStrategy(BooleanSupplier stateless) {
		this.stateless = stateless;
	}

	@Override
	public void onAuthentication(@Nullable Authentication authentication, HttpServletRequest request,
			HttpServletResponse response) {
		if (!this.stateless.getAsBoolean()) {
			CurrentSession.of(request).regenerateId();
		}
	}

}
