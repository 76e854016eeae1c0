package io.sessionkit.spring.autoconfigure;

import org.thymeleaf.TemplateEngine;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

import io.sessionkit.spring.web.CurrentSession;

/**
 * The values of our session as {@code ${session.name}} in templates of Thymeleaf.
 */
@AutoConfiguration(after = SessionWebAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(TemplateEngine.class)
@ConditionalOnBean(CurrentSession.class)
public final class SessionTemplateAutoConfiguration {

	@Bean
	static BeanPostProcessor sessionInTemplates() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String beanName) {
				if (bean instanceof TemplateEngine engine) {
					engine.setEngineContextFactory(new TemplateContexts(engine.getEngineContextFactory()));
				}
				return bean;
			}

		};
	}

}
