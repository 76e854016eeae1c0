package io.sessionkit.storage.memory;

import java.time.Instant;

import io.sessionkit.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record in one object instead of three, since there may be very many. In the order in
 * which they expire.
 */
final class KeptRecord implements Comparable<KeptRecord> {

	private final String key;

	private final long version;

	private final long expiresSecond;

	private final int expiresNano;

	private final @Nullable String subject;

	private final byte[] body;

	KeptRecord(String key, SessionRecord record) {
		Instant expires = record.expires();
		this.key = key;
		this.version = record.version();
		this.expiresSecond = expires.getEpochSecond();
		this.expiresNano = expires.getNano();
		this.subject = record.subject();
		this.body = record.body();
	}

	String key() {
		return this.key;
	}

	long version() {
		return this.version;
	}

	@Nullable String subject() {
		return this.subject;
	}

	boolean isTombstone() {
		return this.body.length == 0;
	}

	boolean hasExpired(Instant now) {
		return (now.getEpochSecond() != this.expiresSecond) ? now.getEpochSecond() > this.expiresSecond
				: now.getNano() >= this.expiresNano;
	}

	SessionRecord record() {
		return new SessionRecord(this.version, Instant.ofEpochSecond(this.expiresSecond, this.expiresNano),
				this.subject, this.body);
	}

	@Override
	public int compareTo(KeptRecord other) {
		int order = Long.compare(this.expiresSecond, other.expiresSecond);
		if (order == 0) {
			order = Integer.compare(this.expiresNano, other.expiresNano);
		}
		return (order != 0) ? order : this.key.compareTo(other.key);
	}

}
