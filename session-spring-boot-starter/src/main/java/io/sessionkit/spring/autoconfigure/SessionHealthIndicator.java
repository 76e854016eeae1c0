package io.sessionkit.spring.autoconfigure;

import java.security.SecureRandom;
import java.util.Base64;

import io.sessionkit.SessionIdStorageStrategy;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.util.ClassUtils;

/**
 * Up while the strategy answers: reads a random key, which no session has.
 */
final class SessionHealthIndicator extends AbstractHealthIndicator {

	private static final int KEY_BYTES = 32;

	private final SecureRandom random = new SecureRandom();

	private final SessionIdStorageStrategy strategy;

	SessionHealthIndicator(SessionIdStorageStrategy strategy) {
		super("The store of the sessions does not answer");
		this.strategy = strategy;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.withDetail("strategy", ClassUtils.getUserClass(this.strategy).getSimpleName());
		byte[] key = new byte[KEY_BYTES];
		this.random.nextBytes(key);
		this.strategy.readData(Base64.getUrlEncoder().withoutPadding().encodeToString(key));
		builder.up();
	}

}
