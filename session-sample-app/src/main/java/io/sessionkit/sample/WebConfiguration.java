package io.sessionkit.sample;

import io.sessionkit.spring.web.CurrentSession;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Registers the two interceptors. An error page answers a request that was already
 * checked, so it is not checked again.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

	private final CurrentSession currentSession;

	WebConfiguration(CurrentSession currentSession) {
		this.currentSession = currentSession;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new CsrfInterceptor(this.currentSession)).excludePathPatterns("/error");
		registry.addInterceptor(new PageInterceptor(this.currentSession));
	}

}
