package io.sessionkit.spring.security;

import java.util.function.Supplier;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationCodeGrantFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Makes the filters of OAuth2 keep their requests in our session where they would use the
 * container's. A repository that the application has set stays.
 */
public final class SessionOAuth2Filters implements BeanPostProcessor {

	private static final String FIELD = "authorizationRequestRepository";

	private final Supplier<AuthorizationRequestRepository<OAuth2AuthorizationRequest>> repository;

	/**
	 * Creates the post-processor.
	 * @param repository where the requests are kept
	 */
	public SessionOAuth2Filters(Supplier<AuthorizationRequestRepository<OAuth2AuthorizationRequest>> repository) {
		this.repository = repository;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof OAuth2AuthorizationRequestRedirectFilter filter && isOfContainer(bean)) {
			filter.setAuthorizationRequestRepository(this.repository.get());
		}
		else if (bean instanceof OAuth2LoginAuthenticationFilter filter && isOfContainer(bean)) {
			filter.setAuthorizationRequestRepository(this.repository.get());
		}
		else if (bean instanceof OAuth2AuthorizationCodeGrantFilter filter && isOfContainer(bean)) {
			filter.setAuthorizationRequestRepository(this.repository.get());
		}
		return bean;
	}

	private static boolean isOfContainer(Object filter) {
		return PrivateFields.get(filter, FIELD) instanceof HttpSessionOAuth2AuthorizationRequestRepository;
	}

}
