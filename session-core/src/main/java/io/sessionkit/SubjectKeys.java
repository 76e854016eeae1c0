package io.sessionkit;

import java.util.List;

import io.sessionkit.cookie.SecretHash;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * What stands for a subject in a store, and for a storage key in a page: hashes under
 * keys of their own that are derived from the secrets of the cookie. A cookie that is
 * moved to the newest secret has its record written too, so that whatever cookie is
 * readable belongs to a record that is found.
 */
final class SubjectKeys {

	private static final int MAX_LENGTH = 255;

	private final @Nullable SecretHash index;

	private final @Nullable SecretHash handles;

	private final @Nullable SecretHash revocations;

	SubjectKeys(SessionCookie cookie) {
		this.index = cookie.hash("subject-index");
		this.handles = cookie.hash("session-handle");
		this.revocations = cookie.hash("subject-revocation");
	}

	/** Whether there is a secret to hash with. */
	boolean isSecret() {
		return this.index != null;
	}

	/** The index key to write; {@code null} without a subject or without a secret. */
	@Nullable String index(@Nullable String subject) {
		return (subject != null && this.index != null) ? this.index.first(subject) : null;
	}

	/** The index keys under all secrets. */
	List<String> allIndexes(String subject) {
		return signed(this.index).all(subject);
	}

	/**
	 * What a page may show of a storage key. Without a secret it is a plain hash, which
	 * nobody can turn back either.
	 */
	String handle(String key) {
		return (this.handles != null) ? this.handles.first(key) : SessionIds.key("handle " + key);
	}

	/** Whether this is what a page showed, also one from before a rotation. */
	boolean isHandle(String handle, String key) {
		return signed(this.handles).all(key).contains(handle);
	}

	/** Where it is written that a subject's sessions were ended, under all secrets. */
	List<String> revocations(String subject) {
		return signed(this.revocations).all(subject);
	}

	private static SecretHash signed(@Nullable SecretHash hash) {
		if (hash == null) {
			throw new IllegalStateException("The cookie is unsigned, so there is no secret to hash subjects with and "
					+ "they are not indexed; build it with signedWith(secrets)");
		}
		return hash;
	}

	/** Names must not differ in a way that JSON or UTF-8 loses. */
	static @Nullable String checked(@Nullable String subject) {
		if (subject != null && (subject.isEmpty() || subject.length() > MAX_LENGTH)) {
			throw new IllegalArgumentException("A subject has 1 to " + MAX_LENGTH + " characters, this one has "
					+ subject.length() + "; use the id of an account");
		}
		return (subject != null) ? Names.checked(subject) : null;
	}

}
