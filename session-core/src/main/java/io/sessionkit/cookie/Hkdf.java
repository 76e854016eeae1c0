package io.sessionkit.cookie;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869), since JDK 17 has no key derivation API. */
final class Hkdf {

	private static final String HMAC = "HmacSHA256";

	private static final int HASH_LENGTH = 32;

	private Hkdf() {
	}

	/**
	 * Extracts a pseudorandom key of 32 bytes (section 2.2). An empty salt means no salt.
	 */
	static byte[] extract(byte[] salt, byte[] inputKey) {
		// JCA refuses an empty key. RFC 5869 uses zeros if there is no salt.
		return mac((salt.length == 0) ? new byte[HASH_LENGTH] : salt).doFinal(inputKey);
	}

	/**
	 * Expands a pseudorandom key (section 2.3).
	 * @throws IllegalArgumentException if the length is not between 1 and 8160 bytes
	 */
	static byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
		if (length < 1 || length > 255 * HASH_LENGTH) {
			throw new IllegalArgumentException("HKDF expands to 1 to 8160 bytes, not to " + length);
		}
		Mac mac = mac(pseudorandomKey);
		byte[] output = new byte[length];
		byte[] block = new byte[0];
		for (int done = 0, counter = 1; done < length; done += HASH_LENGTH, counter++) {
			mac.update(block);
			mac.update(info);
			mac.update((byte) counter);
			block = mac.doFinal();
			System.arraycopy(block, 0, output, done, Math.min(HASH_LENGTH, length - done));
		}
		Arrays.fill(block, (byte) 0);
		return output;
	}

	private static Mac mac(byte[] key) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(new SecretKeySpec(key, HMAC));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java runtime has no " + HMAC, ex);
		}
	}

}
