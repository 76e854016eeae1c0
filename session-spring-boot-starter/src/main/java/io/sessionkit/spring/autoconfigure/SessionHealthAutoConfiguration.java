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
 * Auto-configuration for the health of the store that keeps the sessions, which the
 * health endpoint shows as {@code sessionkit}. It supports every strategy. If sessions
 * are kept in cookies, there is no such health. It can be disabled with
 * {@code management.health.sessionkit.enabled=false}, or replaced by a bean of the same
 * name.
 */
@AutoConfiguration(after = SessionStorageAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnSingleCandidate(SessionIdStorageStrategy.class)
public final class SessionHealthAutoConfiguration {

	/** The endpoint removes the last two words from this name. */
	private static final String BEAN = "sessionkitHealthIndicator";

	@Bean(BEAN)
	@ConditionalOnEnabledHealthIndicator("sessionkit")
	@ConditionalOnMissingBean(name = BEAN)
	HealthIndicator sessionkitHealthIndicator(SessionIdStorageStrategy strategy) {
		return new SessionHealthIndicator(strategy);
	}

}
