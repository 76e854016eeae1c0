package io.sessionkit.spring.autoconfigure;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;

/**
 * Tests the permissions for the store with a random key that no session has. This does
 * not write anything, but a user with read-only access gets an error.
 */
final class StoreRights {

	private static final SecureRandom random = new SecureRandom();

	private static final int KEY_BYTES = 32;

	private final SessionIdStorageStrategy strategy;

	StoreRights(SessionIdStorageStrategy strategy) {
		this.strategy = strategy;
	}

	void read() {
		this.strategy.readData(key());
	}

	/** Updates and deletes a record that does not exist, which has no effect. */
	void write() {
		Instant soon = Instant.now().plus(Duration.ofMinutes(1));
		this.strategy.updateData(key(), new SessionRecord(2, soon, new byte[] { '[', ']' }));
		this.strategy.deleteData(key());
	}

	private static String key() {
		byte[] key = new byte[KEY_BYTES];
		random.nextBytes(key);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
	}

}
