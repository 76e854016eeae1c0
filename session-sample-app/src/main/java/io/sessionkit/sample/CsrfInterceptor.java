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
 * Answers 403 to every request that could change something and carries no token of its
 * session. One exception: a logout whose cookie is there and cannot be read must work.
 * Without a cookie there is none to log out, and a foreign site's form, which comes
 * without it, must not get one deleted.
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
