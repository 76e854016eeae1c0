package io.sessionkit.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Prevents template engines from reading the session for every page, since they ask for
 * {@code HttpSession} before they know whether the page needs it.
 */
public final class RenderingInterceptor implements HandlerInterceptor {

	/** Creates the interceptor. */
	public RenderingInterceptor() {
	}

	@Override
	public void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable ModelAndView modelAndView) {
		RequestSession session = (modelAndView != null) ? RequestSession.find(request) : null;
		if (session != null) {
			session.rendering();
		}
	}

}
