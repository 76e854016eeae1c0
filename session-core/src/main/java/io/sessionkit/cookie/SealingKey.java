package io.sessionkit.cookie;

import org.jspecify.annotations.Nullable;

/**
 * One key of one format: what stands behind the version and the key id of a value.
 * Thread-safe.
 */
interface SealingKey {

	/** Returns how many bytes sealing adds to a payload. */
	int overhead();

	/** Writes the sealed payload into {@code output} from {@code offset} to its end. */
	void seal(byte[] payload, byte[] output, int offset);

	/** Returns the payload, or {@code null} if {@code sealed} is not authentic. */
	byte @Nullable [] open(byte[] sealed, int offset);

	/** Makes a key of 32 derived bytes. */
	interface Factory {

		/**
		 * Makes a key.
		 * @param key the 32 bytes, left to the callee
		 * @param context the format, purpose and cookie name, which must be authenticated
		 * @param head the version and the key id in front of every value of this key
		 */
		SealingKey create(byte[] key, byte[] context, byte[] head);

	}

}
