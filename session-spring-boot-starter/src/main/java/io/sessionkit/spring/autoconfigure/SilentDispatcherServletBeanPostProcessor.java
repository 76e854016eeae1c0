package io.sessionkit.spring.autoconfigure;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Disables the event for handled requests. The event contains the user name, so every
 * request would have to read its session.
 */
final class SilentDispatcherServletBeanPostProcessor implements BeanPostProcessor {

	/** The property that enables the event. */
	static final String EVENTS = "spring.mvc.publish-request-handled-events";

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof DispatcherServlet servlet) {
			servlet.setPublishEvents(false);
		}
		return bean;
	}

}
