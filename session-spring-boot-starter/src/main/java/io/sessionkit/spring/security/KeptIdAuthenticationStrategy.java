package io.sessionkit.spring.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

/**
 * Keeps the session id at a login, as {@code sessionFixation().none()} requests.
 */
final class KeptIdAuthenticationStrategy implements SessionAuthenticationStrategy {

	private static final String ATTRIBUTE = KeptIdAuthenticationStrategy.class.getName();

	@Override
	public void onAuthentication(@Nullable Authentication authentication, HttpServletRequest request,
			HttpServletResponse response) {
		request.setAttribute(ATTRIBUTE, true);
	}

	static boolean isWanted(HttpServletRequest request) {
		return request.getAttribute(ATTRIBUTE) != null;
	}

}
