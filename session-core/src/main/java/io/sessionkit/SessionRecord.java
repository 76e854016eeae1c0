package io.sessionkit;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a strategy keeps under a key. It is opaque to the strategy but for the version and
 * the expiry.
 *
 * @param version counts the writes of this record, 1 for a new one
 * @param expires from when on the record counts as absent; whole seconds
 * @param subject the index key of whom the session belongs to, a keyed hash, for a
 * {@link SubjectIndexStrategy}; {@code null} where none was set
 * @param body the session as UTF-8 JSON; empty for a tombstone, the record of a session
 * that was ended. The array is not copied: treat it as immutable
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare contents
public record SessionRecord(long version, Instant expires, @Nullable String subject, byte[] body) {

	/**
	 * Checks the parts.
	 * @throws IllegalArgumentException if the version is less than 1
	 */
	public SessionRecord {
		Objects.requireNonNull(expires, "expires");
		Objects.requireNonNull(body, "body");
		if (version < 1) {
			throw new IllegalArgumentException("The version of a record starts at 1, this is " + version);
		}
	}

	/**
	 * Whether this is the record of a session that was destroyed or left by
	 * {@code regenerateId}.
	 * @return true if the body is empty
	 */
	public boolean isTombstone() {
		return this.body.length == 0;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SessionRecord record && this.version == record.version
				&& this.expires.equals(record.expires) && Objects.equals(this.subject, record.subject)
				&& Arrays.equals(this.body, record.body);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.version, this.expires, Arrays.hashCode(this.body));
	}

	/**
	 * Version, expiry and size, never the subject or the body.
	 */
	@Override
	public String toString() {
		return "SessionRecord[version=%d, expires=%s, %d bytes]".formatted(this.version, this.expires,
				this.body.length);
	}

}
