package io.sessionkit.sample;

import java.io.IOException;
import java.util.Set;

import io.sessionkit.Session;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Rejects every request that could change something without the CSRF token of its
 * session. The one exception is a sign-out whose session cookie is present but cannot be
 * read: it must still work. Without a cookie there is nobody to sign out, and a form on
 * another site, which is submitted without the cookie, must not delete it.
 */
class CsrfInterceptor implements HandlerInterceptor {

	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	private final CurrentSession currentSession;

	private final String cookieName;

	CsrfInterceptor(CurrentSession currentSession, String cookieName) {
		this.currentSession = currentSession;
		this.cookieName = cookieName;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (SAFE.contains(request.getMethod()) || isAllowed(request)) {
			return true;
		}
		response.sendError(HttpServletResponse.SC_FORBIDDEN);
		return false;
	}

	private boolean hasCookie(HttpServletRequest request) {
		return WebUtils.getCookie(request, this.cookieName) != null;
	}

	private boolean isAllowed(HttpServletRequest request) {
		boolean logout = request.getServletPath().equals("/logout");
		try {
			Session session = this.currentSession.get();
			return CsrfToken.matches(session, request.getParameter("_csrf"))
					|| (logout && hasCookie(request) && !session.has(ShopSession.USER_ID));
		}
		catch (SessionStorageException ex) {
			if (logout) {
				return true;
			}
			throw ex;
		}
	}

}
