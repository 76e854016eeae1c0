package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SessionIdStorageStrategy;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.util.ClassUtils;

/**
 * Checks the health of the store by reading a random key, which no session has. Until
 * that has succeeded once, it also updates and deletes such a key.
 */
final class SessionHealthIndicator extends AbstractHealthIndicator {

	private final String strategy;

	private final StoreRights rights;

	private volatile boolean mayWrite;

	SessionHealthIndicator(SessionIdStorageStrategy strategy) {
		super("The session store does not respond");
		this.strategy = ClassUtils.getUserClass(strategy).getSimpleName();
		this.rights = new StoreRights(strategy);
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.withDetail("strategy", this.strategy);
		this.rights.read();
		if (!this.mayWrite) {
			this.rights.write();
			this.mayWrite = true;
		}
		builder.up();
	}

}
