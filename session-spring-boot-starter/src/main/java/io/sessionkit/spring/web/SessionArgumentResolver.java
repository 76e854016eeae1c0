package io.sessionkit.spring.web;

import java.util.Objects;

import io.sessionkit.Session;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves parameters of type {@link Session}.
 */
final class SessionArgumentResolver implements HandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Session.class;
	}

	@Override
	public Session resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) {
		return session(request);
	}

	static Session session(NativeWebRequest request) {
		return CurrentSession
			.of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class), "no servlet request"));
	}

}
