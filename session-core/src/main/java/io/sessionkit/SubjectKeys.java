package io.sessionkit;

import java.util.List;

import io.sessionkit.cookie.SecretHash;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * What represents a principal name in a store, and a storage key on a page: hashes with
 * keys that are derived from the secrets of the cookie. When a cookie is written with the
 * newest secret, its record is written too, so that a record can be found for every
 * readable cookie.
 */
final class SubjectKeys {

	private static final int MAX_LENGTH = 255;

	/** The characters of a handle, which contain 132 bits. */
	private static final int HANDLE_LENGTH = 22;

	private final @Nullable SecretHash index;

	private final @Nullable SecretHash handles;

	private final @Nullable SecretHash revocations;

	SubjectKeys(SessionCookie cookie) {
		this.index = cookie.hash("subject-index");
		this.handles = cookie.hash("session-handle");
		this.revocations = cookie.hash("subject-revocation");
	}

	/** Returns whether there is a secret for hashing. */
	boolean isSecret() {
		return this.index != null;
	}

	/**
	 * Returns the key of the list to write; {@code null} without a principal name or
	 * without a secret.
	 */
	@Nullable String index(@Nullable String subject) {
		return (subject != null && this.index != null) ? this.index.first(subject) : null;
	}

	/** Returns the keys of the list under all secrets. */
	List<String> allIndexes(String subject) {
		return signed(this.index).all(subject);
	}

	/**
	 * Returns the handle of a storage key, which may be shown. Without a secret it is a
	 * plain hash, which cannot be reversed either.
	 */
	String handle(String key) {
		return cut((this.handles != null) ? this.handles.first(key) : SessionIds.key("handle " + key));
	}

	private static String cut(String hash) {
		return hash.substring(0, HANDLE_LENGTH);
	}

	/**
	 * Returns whether this is a handle of the key, including handles of earlier secrets.
	 */
	boolean isHandle(String handle, String key) {
		return signed(this.handles).all(key).stream().anyMatch((hash) -> cut(hash).equals(handle));
	}

	/**
	 * Returns under which keys it is noted that the sessions of a user were ended, for
	 * all secrets.
	 */
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

	/**
	 * Checks a principal name. Names must not differ only in a way that JSON or UTF-8
	 * loses.
	 */
	static @Nullable String checked(@Nullable String subject) {
		if (subject != null && (subject.isEmpty() || subject.length() > MAX_LENGTH)) {
			throw new IllegalArgumentException("A subject has 1 to " + MAX_LENGTH + " characters, this one has "
					+ subject.length() + "; use the id of an account");
		}
		return (subject != null) ? Names.checked(subject) : null;
	}

}
