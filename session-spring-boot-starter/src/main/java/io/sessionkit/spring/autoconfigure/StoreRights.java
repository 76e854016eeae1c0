package io.sessionkit.spring.autoconfigure;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;

/**
 * Tries what the store lets us do, on a random key that no session has: nothing is
 * written, but a store that is read-only for its user says so.
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

	/** Updates and deletes what is not there, which the strategy leaves like that. */
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
