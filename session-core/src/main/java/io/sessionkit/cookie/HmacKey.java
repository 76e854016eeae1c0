package io.sessionkit.cookie;

import java.security.GeneralSecurityException;
import java.security.Key;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA-256 (RFC 2104) with one key, over messages that start with the same bytes.
 * Thread-safe.
 */
final class HmacKey {

	private static final String HMAC = "HmacSHA256";

	private final Key key;

	private final byte[][] begin;

	/**
	 * A {@code Mac} that has read the key and the common start. It is only ever cloned.
	 * {@code null} if the security provider does not support cloning, such as Bouncy
	 * Castle.
	 */
	private final @Nullable Mac begun;

	HmacKey(byte[] key, byte[]... begin) {
		this.key = new SecretKeySpec(key, HMAC);
		this.begin = begin;
		Mac mac = begin();
		this.begun = (clone(mac) != null) ? mac : null;
	}

	/** Returns the 32 bytes of the HMAC over the common start and the given bytes. */
	byte[] sign(byte[] bytes, int offset, int length) {
		Mac mac = (this.begun != null) ? clone(this.begun) : null;
		if (mac == null) {
			mac = begin();
		}
		mac.update(bytes, offset, length);
		return mac.doFinal();
	}

	private Mac begin() {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(this.key);
			for (byte[] part : this.begin) {
				mac.update(part);
			}
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java runtime has no " + HMAC, ex);
		}
	}

	private static @Nullable Mac clone(Mac mac) {
		try {
			return (Mac) mac.clone();
		}
		catch (CloneNotSupportedException ex) {
			return null;
		}
	}

}
