package io.sessionkit.spring.autoconfigure;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Turns off the event "request handled", with which goes the user's name: each request
 * would read its session for it.
 */
final class SilentDispatcherServletBeanPostProcessor implements BeanPostProcessor {

	/** The property that turns the event on. */
	static final String EVENTS = "spring.mvc.publish-request-handled-events";

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof DispatcherServlet servlet) {
			servlet.setPublishEvents(false);
		}
		return bean;
	}

}
