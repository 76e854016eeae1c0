package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SessionIdStorageStrategy;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The health of the store that keeps the sessions, shown as {@code sessionkit} by the
 * health endpoint, for whatever strategy there is. Nothing where the sessions are in
 * cookies. {@code management.health.sessionkit.enabled=false} turns it off, and a bean of
 * the same name replaces it.
 */
@AutoConfiguration(after = SessionStorageAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnSingleCandidate(SessionIdStorageStrategy.class)
public final class SessionHealthAutoConfiguration {

	/** The endpoint shows the name without its last two words. */
	private static final String BEAN = "sessionkitHealthIndicator";

	@Bean(BEAN)
	@ConditionalOnEnabledHealthIndicator("sessionkit")
	@ConditionalOnMissingBean(name = BEAN)
	HealthIndicator sessionkitHealthIndicator(SessionIdStorageStrategy strategy) {
		return new SessionHealthIndicator(strategy);
	}

}
