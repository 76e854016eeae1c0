package io.sessionkit.spring.security;

import io.sessionkit.Session;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/**
 * Destroys the session at a logout, without reading it. Where the application wants its
 * values to outlive a logout, the session gets a new id instead.
 */
final class SessionLogoutHandler implements LogoutHandler {

	private final LogoutConfigurer<?> settings;

	SessionLogoutHandler(LogoutConfigurer<?> settings) {
		this.settings = settings;
	}

	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		Session session = CurrentSession.of(request);
		if (isKept()) {
			session.regenerateId();
		}
		else {
			session.destroy();
		}
	}

	/** Whether {@code invalidateHttpSession(false)} was set. */
	private boolean isKept() {
		Object handler = PrivateFields.get(this.settings, "contextLogoutHandler");
		return handler != null && Boolean.FALSE.equals(PrivateFields.get(handler, "invalidateHttpSession"));
	}

}
