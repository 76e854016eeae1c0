package io.sessionkit.sample;

import io.sessionkit.Session;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.web.CurrentSession;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Protects the shop's forms in the default profile. Error pages are excluded because
 * their request was checked already.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!security")
class OwnLoginConfiguration implements WebMvcConfigurer {

	private final CurrentSession currentSession;

	private final SessionCookie sessionCookie;

	OwnLoginConfiguration(CurrentSession currentSession, SessionCookie sessionCookie) {
		this.currentSession = currentSession;
		this.sessionCookie = sessionCookie;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new CsrfInterceptor(this.currentSession, this.sessionCookie.name()))
			.excludePathPatterns("/error");
	}

	@Bean
	static FormToken formToken() {
		return (request, existing) -> {
			Session session = CurrentSession.of(request);
			return existing ? CsrfToken.existing(session) : CsrfToken.of(session);
		};
	}

}
