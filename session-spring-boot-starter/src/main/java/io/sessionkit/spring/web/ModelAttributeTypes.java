package io.sessionkit.spring.web;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.core.Conventions;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.ModelFactory;

/**
 * The types that controllers declare for model attributes, with {@code @ModelAttribute}
 * methods or as parameters, by the names of the attributes.
 */
final class ModelAttributeTypes {

	private static final String WEB_ANNOTATIONS = ModelAttribute.class.getPackageName();

	private final Map<Handler, Map<String, Type>> types = new ConcurrentHashMap<>();

	private record Handler(Class<?> controller, Method method) {

	}

	/**
	 * Returns the types that a handler declares itself, and for other names those that
	 * its controller declares elsewhere.
	 * @param handler a handler method; for other handlers the result is empty
	 */
	Map<String, Type> of(@Nullable Object handler) {
		return (handler instanceof HandlerMethod method) ? this.types.computeIfAbsent(
				new Handler(method.getBeanType(), method.getMethod()), ModelAttributeTypes::typesOf) : Map.of();
	}

	private static Map<String, Type> typesOf(Handler handler) {
		Map<String, Type> types = new HashMap<>();
		addParameters(types, handler.controller(), handler.method());
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(handler.controller())) {
			ModelAttribute annotation = AnnotatedElementUtils.findMergedAnnotation(method, ModelAttribute.class);
			if (annotation != null && method.getReturnType() != void.class) {
				types.putIfAbsent(
						StringUtils.hasText(annotation.value()) ? annotation.value()
								: Conventions.getVariableNameForReturnType(method),
						GenericTypeResolver.resolveType(method.getGenericReturnType(), handler.controller()));
			}
		}
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(handler.controller())) {
			addParameters(types, handler.controller(), method);
		}
		return types;
	}

	private static void addParameters(Map<String, Type> types, Class<?> controller, Method method) {
		for (int i = 0; i < method.getParameterCount(); i++) {
			MethodParameter parameter = new MethodParameter(method, i).withContainingClass(controller);
			if (isAttribute(parameter)) {
				types.putIfAbsent(ModelFactory.getNameForParameter(parameter),
						GenericTypeResolver.resolveType(parameter.getGenericParameterType(), controller));
			}
		}
	}

	/**
	 * Annotations of other packages, such as {@code @Valid}, do not specify the source of
	 * a value.
	 */
	private static boolean isAttribute(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(ModelAttribute.class)
				|| Arrays.stream(parameter.getParameterAnnotations())
					.noneMatch((annotation) -> WEB_ANNOTATIONS.equals(annotation.annotationType().getPackageName()));
	}

}
