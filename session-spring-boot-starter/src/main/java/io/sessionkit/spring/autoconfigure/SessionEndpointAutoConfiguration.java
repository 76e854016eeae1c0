package io.sessionkit.spring.autoconfigure;

import java.time.InstantSource;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SubjectSessions;
import io.sessionkit.spring.actuate.SessionKitEndpoint;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the actuator endpoint {@code sessionkit}, and for hiding secrets
 * in other endpoints.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public final class SessionEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	SessionKitEndpoint sessionKitEndpoint(ObjectProvider<SessionIdStorageStrategy> strategy,
			ObjectProvider<SubjectSessions> subjects, ObjectProvider<SessionKitProperties> properties,
			ListableBeanFactory beanFactory) {
		return new SessionKitEndpoint(() -> {
			SessionKitProperties known = properties.getIfAvailable();
			boolean records = known == null || SessionStorageAutoConfiguration.recordsBean(beanFactory, known) != null;
			return records ? strategy.getIfAvailable() : null;
		}, subjects::getIfAvailable, InstantSource.system());
	}

	@Bean
	static SecretSanitizingFunction secretSanitizingFunction(ObjectProvider<SessionKitProperties> properties) {
		return new SecretSanitizingFunction(properties);
	}

}
