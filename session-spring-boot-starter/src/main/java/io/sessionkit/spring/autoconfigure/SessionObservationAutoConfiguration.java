package io.sessionkit.spring.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.sessionkit.spring.actuate.SessionObservations;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that records calls to the store as observations, if the application
 * has an {@link ObservationRegistry}.
 */
@AutoConfiguration(
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnSingleCandidate(ObservationRegistry.class)
public final class SessionObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SessionObservations sessionObservations(ObservationRegistry registry) {
		return new SessionObservations(registry);
	}

}
