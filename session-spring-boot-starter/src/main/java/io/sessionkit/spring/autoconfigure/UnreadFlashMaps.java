package io.sessionkit.spring.autoconfigure;

import io.sessionkit.spring.web.JsonFlashMapManager;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * Replaces Spring's own manager of redirect attributes, which looks into the session of
 * each request. Any other of the application stays.
 *
 * @param ours looks where a request says that there are some
 */
record UnreadFlashMaps(ObjectProvider<JsonFlashMapManager> ours) implements BeanPostProcessor {

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		JsonFlashMapManager replacement = (bean.getClass() == SessionFlashMapManager.class) ? this.ours.getIfAvailable()
				: null;
		return (replacement != null) ? replacement : bean;
	}

}
