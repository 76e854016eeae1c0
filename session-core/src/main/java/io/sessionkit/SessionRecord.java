package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What a strategy keeps under a key. A strategy interprets only the version and the
 * expiry.
 *
 * @param version how often this record was written; 1 for a new record
 * @param expires from when on the record counts as absent, in whole seconds. The session
 * itself expires ten minutes earlier, which the storage checks. Until then a request that
 * read the session in time can still write it
 * @param body the session as JSON in UTF-8. A tombstone, the record of a session that was
 * ended, is empty, or {@code >} and the key under which the session goes on. A list of
 * the sessions of a principal name is {@code #} and their keys. A note of a
 * {@link Revocation} is {@code !} and JSON. The array is not copied and must not be
 * changed
 * @param ofSubject whether the session has a principal name, so that evicting it would
 * log a user out. This is a hint for a store with limited space. A strategy need not keep
 * it
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare contents
public record SessionRecord(long version, Instant expires, byte[] body, boolean ofSubject) {

	/** A character that no JSON starts with. */
	private static final byte SUCCESSOR = '>';

	/** The longest key. In a shared store the keys are ids. */
	private static final int LONGEST_KEY = 128;

	/**
	 * Creates a record that is not known to have a principal name.
	 * @param version how often this record was written; 1 for a new record
	 * @param expires from when on the record counts as absent
	 * @param body the content
	 */
	public SessionRecord(long version, Instant expires, byte[] body) {
		this(version, expires, body, false);
	}

	/**
	 * Checks the components.
	 * @param version how often this record was written; 1 for a new record
	 * @param expires from when on the record counts as absent
	 * @param body the content
	 * @param ofSubject whether the session has a principal name
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
	 * Creates a tombstone.
	 * @param successor the key under which the session goes on; {@code null} if it does
	 * not
	 */
	static SessionRecord tombstone(long version, Instant expires, @Nullable String successor) {
		byte[] body = (successor != null) ? ((char) SUCCESSOR + successor).getBytes(StandardCharsets.US_ASCII)
				: new byte[0];
		return new SessionRecord(version, expires, body);
	}

	/**
	 * Returns whether this is a tombstone: the session was destroyed, or got a new id by
	 * {@code regenerateId}.
	 * @return {@code true} if the body is empty or starts with {@code >}
	 */
	public boolean isTombstone() {
		return this.body.length == 0 || this.body[0] == SUCCESSOR;
	}

	/**
	 * Returns whether this is not a session, but the list of the sessions of a principal
	 * name.
	 * @return {@code true} if the body starts with {@code #}
	 */
	public boolean isSubjectList() {
		return SubjectList.isIn(this.body);
	}

	/**
	 * Returns whether a list of sessions is still needed, for a store that keeps as
	 * little as possible. It is needed if one of its sessions exists or may be about to
	 * be written.
	 * @param now the current time
	 * @param present tests whether there is a record with a key
	 * @return whether the list has to be kept
	 */
	public boolean isSubjectListNeeded(Instant now, Predicate<String> present) {
		return SubjectList.isNeeded(this.body, now, present);
	}

	/**
	 * Returns the key under which a session goes on that got a new id by
	 * {@code regenerateId}. A logout with the former id ends that session too. The key
	 * gives no access to the session, since it is not an id, except in a shared store.
	 * @return {@code null} if the session does not go on, or this is not a tombstone
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

	/**
	 * Compares version, expiry and body, but not the hint, which a strategy need not
	 * keep.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SessionRecord record && this.version == record.version
				&& this.expires.equals(record.expires) && Arrays.equals(this.body, record.body);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.version, this.expires, Arrays.hashCode(this.body));
	}

	/** Returns the version, the expiry and the size, never the body. */
	@Override
	public String toString() {
		return "SessionRecord[version=%d, expires=%s, %d bytes]".formatted(this.version, this.expires,
				this.body.length);
	}

}
