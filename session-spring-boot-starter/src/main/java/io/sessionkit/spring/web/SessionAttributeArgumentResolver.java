package io.sessionkit.spring.web;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.servlet.mvc.method.annotation.SessionAttributeMethodArgumentResolver;

/**
 * Resolves parameters with Spring's {@code @SessionAttribute} from the session, and
 * otherwise from the session of the container. Spring handles missing values.
 */
final class SessionAttributeArgumentResolver extends SessionAttributeMethodArgumentResolver {

	@Override
	protected @Nullable Object resolveName(String name, MethodParameter parameter, NativeWebRequest request) {
		HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
		Session session = (servletRequest != null) ? CurrentSession.find(servletRequest) : null;
		Object value = (session != null)
				? session.get(SessionKey.ofType(name, parameter.getNestedGenericParameterType())) : null;
		return (value != null) ? value : super.resolveName(name, parameter, request);
	}

}
