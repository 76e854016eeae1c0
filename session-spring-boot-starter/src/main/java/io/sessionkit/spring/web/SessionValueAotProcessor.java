package io.sessionkit.spring.web;

import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ReflectionUtils;

/**
 * Lets a native image convert JSON to the types of {@link SessionValue} parameters. Types
 * that only a {@code SessionKey} names are for the application to register.
 */
final class SessionValueAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		Set<Type> types = new LinkedHashSet<>();
		ReflectionUtils.doWithMethods(bean.getBeanClass(), (method) -> {
			for (Parameter parameter : method.getParameters()) {
				if (parameter.isAnnotationPresent(SessionValue.class)) {
					types.add(parameter.getParameterizedType());
				}
			}
		});
		return types.isEmpty() ? null : (context, code) -> new BindingReflectionHintsRegistrar()
			.registerReflectionHints(context.getRuntimeHints().reflection(), types.toArray(Type[]::new));
	}

}
