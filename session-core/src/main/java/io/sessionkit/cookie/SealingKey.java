package io.sessionkit.cookie;

import org.jspecify.annotations.Nullable;

/**
 * One key of one format. It produces the part of a value that follows the version and the
 * key id. Thread-safe.
 */
interface SealingKey {

	/** Returns how many bytes are added to a payload. */
	int overhead();

	/**
	 * Writes the protected payload into {@code output}, from {@code offset} to its end.
	 */
	void seal(byte[] payload, byte[] output, int offset);

	/** Returns the payload, or {@code null} if {@code sealed} is not authentic. */
	byte @Nullable [] open(byte[] sealed, int offset);

	/** Creates a key from 32 derived bytes. */
	interface Factory {

		/**
		 * Creates a key.
		 * @param key the 32 bytes, which then belong to the callee
		 * @param context the format, the purpose and the cookie name, which must be
		 * authenticated
		 * @param head the version and the key id, which precede every value of this key
		 */
		SealingKey create(byte[] key, byte[] context, byte[] head);

	}

}
