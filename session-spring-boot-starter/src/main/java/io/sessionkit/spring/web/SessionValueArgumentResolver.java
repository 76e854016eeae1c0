package io.sessionkit.spring.web;

import java.util.Objects;
import java.util.Optional;

import io.sessionkit.FlashKey;
import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.TypeConverter;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves {@link SessionValue} parameters. Hands out the session's own objects: unlike
 * Spring's resolvers of named values it converts nothing but the default, since a
 * converted copy could not be changed in place.
 */
final class SessionValueArgumentResolver implements HandlerMethodArgumentResolver {

	private final ParameterNameDiscoverer parameterNames = new DefaultParameterNameDiscoverer();

	private final ConfigurableBeanFactory beanFactory;

	SessionValueArgumentResolver(ConfigurableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(SessionValue.class);
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) throws Exception {
		SessionValue annotation = Objects.requireNonNull(parameter.getParameterAnnotation(SessionValue.class));
		String name = name(annotation, parameter);
		MethodParameter target = parameter.nestedIfOptional();
		Object value = find(SessionArgumentResolver.session(request), name, target);
		if (value == null && !annotation.defaultValue().equals(ValueConstants.DEFAULT_NONE)) {
			TypeConverter converter = (binderFactory != null) ? binderFactory.createBinder(request, null, name)
					: this.beanFactory.getTypeConverter(); // in an exception handler
			value = converted(annotation.defaultValue(), name, target, converter);
		}
		if (parameter.getParameterType() == Optional.class) {
			return Optional.ofNullable(value);
		}
		return (value != null) ? value : absent(annotation, name, parameter);
	}

	private String name(SessionValue annotation, MethodParameter parameter) {
		if (!annotation.name().isEmpty()) {
			return Objects.requireNonNullElse(this.beanFactory.resolveEmbeddedValue(annotation.name()), "");
		}
		parameter.initParameterNameDiscovery(this.parameterNames);
		String name = parameter.getParameterName();
		if (name == null) {
			throw new IllegalStateException(
					"@SessionValue has no name, and the class " + parameter.getContainingClass().getName()
							+ " was compiled without parameter names; name the value or compile with -parameters");
		}
		return name;
	}

	private static @Nullable Object find(Session session, String name, MethodParameter target) {
		Object value = session.get(SessionKey.ofType(name, target.getNestedGenericParameterType()));
		return (value != null) ? value : session.get(FlashKey.ofType(name, target.getNestedGenericParameterType()));
	}

	private @Nullable Object converted(String text, String name, MethodParameter target, TypeConverter converter) {
		try {
			return converter.convertIfNecessary(this.beanFactory.resolveEmbeddedValue(text),
					target.getNestedParameterType(), target);
		}
		catch (TypeMismatchException ex) {
			throw new IllegalStateException("The default of @SessionValue '" + name + "' does not convert to "
					+ target.getNestedParameterType().getSimpleName(), ex);
		}
	}

	private static @Nullable Object absent(SessionValue annotation, String name, MethodParameter parameter)
			throws MissingSessionValueException {
		if (annotation.required() && !parameter.isOptional()) {
			throw new MissingSessionValueException(name, parameter);
		}
		if (parameter.getParameterType() == boolean.class) {
			return false;
		}
		if (parameter.getParameterType().isPrimitive()) {
			throw new IllegalStateException("The session has no value '" + name + "', and the parameter's type "
					+ parameter.getParameterType() + " has nothing for that; use its wrapper or a default");
		}
		return null;
	}

}
