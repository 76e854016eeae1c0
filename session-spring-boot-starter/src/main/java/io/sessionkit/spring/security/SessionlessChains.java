package io.sessionkit.spring.security;

import jakarta.servlet.Filter;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.RequestCacheAwareFilter;

/**
 * Takes the container's session out of a finished filter chain: filters and handlers that
 * were made with Spring Security's defaults for it, and added as they are, get what the
 * chain itself uses. What the chain was given on purpose stays.
 */
public final class SessionlessChains implements BeanPostProcessor {

	private static final String CONTEXTS = "securityContextRepository";

	private static final String REQUESTS = "requestCache";

	/** Creates the post-processor. */
	public SessionlessChains() {
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof SecurityFilterChain chain) {
			Object contexts = of(chain, SecurityContextHolderFilter.class, CONTEXTS);
			Object requests = of(chain, RequestCacheAwareFilter.class, REQUESTS);
			for (Filter filter : chain.getFilters()) {
				adapt(filter, contexts, requests);
			}
		}
		return bean;
	}

	private static @Nullable Object of(SecurityFilterChain chain, Class<? extends Filter> type, String field) {
		for (Filter filter : chain.getFilters()) {
			if (type.isInstance(filter)) {
				return PrivateFields.get(filter, field);
			}
		}
		return null;
	}

	private static void adapt(Filter filter, @Nullable Object contexts, @Nullable Object requests) {
		if (contexts != null && PrivateFields.get(filter, CONTEXTS) instanceof HttpSessionSecurityContextRepository) {
			PropertyAccessorFactory.forBeanPropertyAccess(filter).setPropertyValue(CONTEXTS, contexts);
		}
		if (requests instanceof RequestCache cache
				&& PrivateFields.get(filter,
						"successHandler") instanceof SavedRequestAwareAuthenticationSuccessHandler handler
				&& PrivateFields.get(handler, REQUESTS) instanceof HttpSessionRequestCache) {
			handler.setRequestCache(cache);
		}
		// For the exception, of which the parameter "error" of the login page tells.
		if (PrivateFields.get(filter, "failureHandler") instanceof SimpleUrlAuthenticationFailureHandler handler) {
			handler.setAllowSessionCreation(false);
		}
		if (filter instanceof LogoutFilter logout && contexts instanceof ChainContextRepository) {
			logout.setSecurityContextHolderStrategy(UnreadableIsEmpty.over(logout));
		}
	}

}
