package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a strategy keeps under a key. It is opaque to the strategy but for the version and
 * the expiry.
 *
 * @param version counts the writes of this record, 1 for a new one
 * @param expires from when on the record counts as absent; whole seconds. The session
 * ends ten minutes earlier, which its storage checks: until then a request that read it
 * in time can still write it
 * @param subject the index key of whom the session belongs to, a keyed hash, for a
 * {@link SubjectIndexStrategy}; {@code null} where none was set
 * @param body the session as UTF-8 JSON; for a tombstone, the record of a session that
 * was ended, either empty or {@code >} and the key under which the session goes on. The
 * array is not copied: treat it as immutable
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare contents
public record SessionRecord(long version, Instant expires, @Nullable String subject, byte[] body) {

	/** What no JSON begins with. */
	private static final byte SUCCESSOR = '>';

	/** Of keys, and of the ids that are keys in a shared store. */
	private static final int LONGEST_KEY = 128;

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

	/** Makes a tombstone, of a session that goes on under another key if there is one. */
	static SessionRecord tombstone(long version, Instant expires, @Nullable String successor) {
		byte[] body = (successor != null) ? ((char) SUCCESSOR + successor).getBytes(StandardCharsets.US_ASCII)
				: new byte[0];
		return new SessionRecord(version, expires, null, body);
	}

	/**
	 * Whether this is the record of a session that was destroyed or left by
	 * {@code regenerateId}.
	 * @return true if the body is empty, or begins with {@code >}
	 */
	public boolean isTombstone() {
		return this.body.length == 0 || this.body[0] == SUCCESSOR;
	}

	/**
	 * Under which key a session goes on that was left by {@code regenerateId}: whoever
	 * logs out with its former id ends that one too. It opens nothing, since it is no id
	 * but in a shared store.
	 * @return {@code null} if it does not go on, or this is no tombstone
	 */
	@Nullable String successor() {
		if (this.body.length < 2 || this.body.length > LONGEST_KEY + 1 || !isTombstone()) {
			return null;
		}
		String key = new String(this.body, 1, this.body.length - 1, StandardCharsets.US_ASCII);
		return key.chars().allMatch(SessionRecord::isOfKey) ? key : null;
	}

	private static boolean isOfKey(int character) {
		return character == '-' || character == '_' || (character < 0x7F && Character.isLetterOrDigit(character));
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
