package io.sessionkit.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Implements {@link WithoutRenewal}. It does not read the session.
 */
public final class WithoutRenewalInterceptor implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method && (method.hasMethodAnnotation(WithoutRenewal.class)
				|| AnnotatedElementUtils.hasAnnotation(method.getBeanType(), WithoutRenewal.class))) {
			RequestSession session = RequestSession.find(request);
			if (session != null) {
				session.withoutRenewal();
			}
		}
		return true;
	}

}
