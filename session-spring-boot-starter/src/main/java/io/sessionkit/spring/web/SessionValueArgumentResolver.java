package io.sessionkit.spring.web;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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

	private final Map<MethodParameter, Target> targets = new ConcurrentHashMap<>();

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
		Target target = this.targets.get(parameter);
		if (target == null) {
			target = this.targets.computeIfAbsent(parameter, this::target);
		}
		Session session = SessionArgumentResolver.session(request);
		Object value = session.get(target.key());
		if (value == null) {
			value = session.get(target.flashKey());
		}
		if (value == null && !target.annotation().defaultValue().equals(ValueConstants.DEFAULT_NONE)) {
			TypeConverter converter = (binderFactory != null)
					? binderFactory.createBinder(request, null, target.key().name())
					: this.beanFactory.getTypeConverter(); // in an exception handler
			value = converted(target, converter);
		}
		if (parameter.getParameterType() == Optional.class) {
			return Optional.ofNullable(value);
		}
		return (value != null) ? value : absent(target, parameter);
	}

	private Target target(MethodParameter parameter) {
		SessionValue annotation = Objects.requireNonNull(parameter.getParameterAnnotation(SessionValue.class));
		String name = name(annotation, parameter);
		MethodParameter nested = parameter.nestedIfOptional();
		Type type = nested.getNestedGenericParameterType();
		return new Target(annotation, nested, SessionKey.ofType(name, type), FlashKey.ofType(name, type));
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

	private @Nullable Object converted(Target target, TypeConverter converter) {
		Class<?> type = target.parameter().getNestedParameterType();
		try {
			return converter.convertIfNecessary(
					this.beanFactory.resolveEmbeddedValue(target.annotation().defaultValue()), type,
					target.parameter());
		}
		catch (TypeMismatchException ex) {
			throw new IllegalStateException("The default of @SessionValue '" + target.key().name()
					+ "' does not convert to " + type.getSimpleName(), ex);
		}
	}

	private static @Nullable Object absent(Target target, MethodParameter parameter)
			throws MissingSessionValueException {
		String name = target.key().name();
		if (target.annotation().required() && !parameter.isOptional()) {
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

	/**
	 * What a parameter asks for, looked up once.
	 *
	 * @param annotation on it
	 * @param parameter what is inside of an {@code Optional}, or the parameter itself
	 * @param key of the value
	 * @param flashKey of the same name, where there is no value
	 */
	private record Target(SessionValue annotation, MethodParameter parameter, SessionKey<?> key, FlashKey<?> flashKey) {

	}

}
