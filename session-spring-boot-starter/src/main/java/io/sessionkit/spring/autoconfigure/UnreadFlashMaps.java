package io.sessionkit.spring.autoconfigure;

import io.sessionkit.spring.web.JsonFlashMapManager;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * Replaces Spring's default manager of redirect attributes, which reads the session for
 * each request. Other managers of the application remain.
 *
 * @param ours the replacement, which reads the session only if a request indicates
 * redirect attributes
 */
record UnreadFlashMaps(ObjectProvider<JsonFlashMapManager> ours) implements BeanPostProcessor {

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		JsonFlashMapManager replacement = (bean.getClass() == SessionFlashMapManager.class) ? this.ours.getIfAvailable()
				: null;
		return (replacement != null) ? replacement : bean;
	}

}
