package io.sessionkit.sample;

import java.io.IOException;
import java.util.Set;

import io.sessionkit.Session;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Answers 403 to every request that could change something and carries no token of its
 * session. One exception: a logout that has no login to protect must always work.
 */
class CsrfInterceptor implements HandlerInterceptor {

	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	private final CurrentSession currentSession;

	CsrfInterceptor(CurrentSession currentSession) {
		this.currentSession = currentSession;
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

	private boolean isAllowed(HttpServletRequest request) {
		boolean logout = request.getServletPath().equals("/logout");
		try {
			Session session = this.currentSession.get();
			return CsrfToken.matches(session, request.getParameter("_csrf"))
					|| (logout && !session.has(ShopSession.USER_ID));
		}
		catch (SessionStorageException ex) {
			if (logout) {
				return true;
			}
			throw ex;
		}
	}

}
