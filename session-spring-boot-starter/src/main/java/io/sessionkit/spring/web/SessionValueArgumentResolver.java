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
 * Resolves {@link SessionValue} parameters. It returns the session's own objects. Unlike
 * Spring's resolvers for named values it converts only the default value, since in-place
 * changes of a converted copy would be lost.
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
					"@SessionValue has no name and the class " + parameter.getContainingClass().getName()
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
					+ "' cannot be converted to " + type.getSimpleName(), ex);
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
			throw new IllegalStateException("The session has no value '" + name + "', and the parameter type "
					+ parameter.getParameterType() + " cannot be null; use its wrapper type or a default value");
		}
		return null;
	}

	/**
	 * A resolved parameter, which is cached.
	 *
	 * @param annotation the annotation of the parameter
	 * @param parameter the parameter, or its content if it is an {@code Optional}
	 * @param key the key of the value
	 * @param flashKey the key of the flash attribute of the same name
	 */
	private record Target(SessionValue annotation, MethodParameter parameter, SessionKey<?> key, FlashKey<?> flashKey) {

	}

}
