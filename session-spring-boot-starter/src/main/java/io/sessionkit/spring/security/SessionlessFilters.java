package io.sessionkit.spring.security;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;

/**
 * Keeps a login that failed from opening a session of the container for its exception:
 * that it failed says the parameter {@code error} of the login page. Spring Security has
 * every filter of a chain post-processed as if it were a bean.
 */
public final class SessionlessFilters implements BeanPostProcessor {

	/** Creates the post-processor. */
	public SessionlessFilters() {
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof AbstractAuthenticationProcessingFilter
				&& field(bean, "failureHandler") instanceof SimpleUrlAuthenticationFailureHandler handler) {
			handler.setAllowSessionCreation(false);
		}
		return bean;
	}

	/** What was set, for which there is no getter. */
	static @Nullable Object field(Object owner, String name) {
		DirectFieldAccessor fields = new DirectFieldAccessor(owner);
		return fields.isReadableProperty(name) ? fields.getPropertyValue(name) : null;
	}

}
