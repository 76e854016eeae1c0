package io.sessionkit.storage.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;

import static org.assertj.core.api.Assertions.assertThat;

/** Records and keys for tests of the strategy alone. */
final class Rows {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final Instant IN_AN_HOUR = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 3600);

	private Rows() {
	}

	static String newKey() {
		byte[] bytes = new byte[32];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/** One that lives for an hour. */
	static SessionRecord record(long version, String body) {
		return new SessionRecord(version, IN_AN_HOUR, body.getBytes(StandardCharsets.UTF_8));
	}

	static String created(SessionIdStorageStrategy strategy) {
		String key = newKey();
		assertThat(strategy.createData(key, record(1, "1"))).isTrue();
		return key;
	}

}
