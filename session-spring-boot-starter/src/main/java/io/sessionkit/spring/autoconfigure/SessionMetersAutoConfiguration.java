package io.sessionkit.spring.autoconfigure;

import java.time.InstantSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.sessionkit.spring.actuate.SessionMeters;
import io.sessionkit.spring.actuate.SessionObservations;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the meters, if the application has a {@link MeterRegistry}.
 */
@AutoConfiguration(
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" },
		after = SessionObservationAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
public final class SessionMetersAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SessionMeters sessionMeters(MeterRegistry registry, ObjectProvider<SessionObservations> observations,
			ObjectProvider<MeterObservationHandler<?>> handlers) {
		boolean timedByObservations = observations.stream().findAny().isPresent()
				&& handlers.stream().findAny().isPresent();
		return new SessionMeters(registry, InstantSource.system(), !timedByObservations);
	}

}
