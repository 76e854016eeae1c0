package io.sessionkit.sample;

import io.sessionkit.cookie.SessionCookie;
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

	private final SessionCookie sessionCookie;

	WebConfiguration(CurrentSession currentSession, SessionCookie sessionCookie) {
		this.currentSession = currentSession;
		this.sessionCookie = sessionCookie;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new CsrfInterceptor(this.currentSession, this.sessionCookie.name()))
			.excludePathPatterns("/error");
		registry.addInterceptor(new PageInterceptor(this.currentSession));
	}

}
