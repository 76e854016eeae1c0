package io.sessionkit.sample;

import io.sessionkit.spring.web.CurrentSession;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Registers what every page needs in both profiles.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

	private final CurrentSession currentSession;

	private final FormToken formToken;

	WebConfiguration(CurrentSession currentSession, FormToken formToken) {
		this.currentSession = currentSession;
		this.formToken = formToken;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new PageInterceptor(this.currentSession, this.formToken));
	}

}
