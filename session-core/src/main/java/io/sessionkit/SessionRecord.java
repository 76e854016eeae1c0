package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What a strategy keeps under a key. It is opaque to the strategy but for the version and
 * the expiry.
 *
 * @param version counts the writes of this record, 1 for a new one
 * @param expires from when on the record counts as absent; whole seconds. The session
 * ends ten minutes earlier, which its storage checks: until then a request that read it
 * in time can still write it
 * @param body the session as UTF-8 JSON; for a tombstone, the record of a session that
 * was ended, either empty or {@code >} and the key under which the session goes on; for
 * the list of a subject's sessions, {@code #} and their keys; for a note of a
 * {@link Revocation}, {@code !} and JSON. The array is not copied: treat it as immutable
 * @param ofSubject a hint for a store that has to make room, which a strategy need not
 * keep: whether the session has a subject, so that whom it ends was logged in
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare contents
public record SessionRecord(long version, Instant expires, byte[] body, boolean ofSubject) {

	/** What no JSON begins with. */
	private static final byte SUCCESSOR = '>';

	/** Of keys, and of the ids that are keys in a shared store. */
	private static final int LONGEST_KEY = 128;

	/**
	 * Makes a record of nobody.
	 * @param version counts the writes of this record
	 * @param expires from when on the record counts as absent
	 * @param body the content
	 */
	public SessionRecord(long version, Instant expires, byte[] body) {
		this(version, expires, body, false);
	}

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
		return new SessionRecord(version, expires, body);
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
	 * Whether this is no session, but the list of a subject's sessions.
	 * @return true if the body begins with {@code #}
	 */
	public boolean isSubjectList() {
		return SubjectList.isIn(this.body);
	}

	/**
	 * Whether the list of a subject's sessions is still needed, for a store of which the
	 * memory is short: one of its sessions is there, or may be about to be written.
	 * @param now the present moment
	 * @param present whether there is a record of this key
	 */
	public boolean isSubjectListNeeded(Instant now, Predicate<String> present) {
		return SubjectList.isNeeded(this.body, now, present);
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

	/** By version, expiry and body: a strategy need not keep the hint. */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SessionRecord record && this.version == record.version
				&& this.expires.equals(record.expires) && Arrays.equals(this.body, record.body);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.version, this.expires, Arrays.hashCode(this.body));
	}

	/**
	 * Version, expiry and size, never the body.
	 */
	@Override
	public String toString() {
		return "SessionRecord[version=%d, expires=%s, %d bytes]".formatted(this.version, this.expires,
				this.body.length);
	}

}
