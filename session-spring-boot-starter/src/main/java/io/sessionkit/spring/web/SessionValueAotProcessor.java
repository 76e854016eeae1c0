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
 * Registers the types of {@link SessionValue} parameters for conversion from JSON in a
 * native image. The application has to register types that are used only in a
 * {@code SessionKey}.
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
