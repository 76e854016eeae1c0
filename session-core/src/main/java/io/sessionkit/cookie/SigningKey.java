package io.sessionkit.cookie;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * The key of format {@code i1}: {@code payload tag[16]}, where the tag is the first half
 * of HMAC-SHA-256 over the context, the version, the key id and the payload.
 */
final class SigningKey implements SealingKey {

	private static final String HMAC = "HmacSHA256";

	private static final int TAG_LENGTH = 16;

	/** Has read what every value of this key begins with; only ever cloned. */
	private final Mac begun;

	SigningKey(byte[] key, byte[] context, byte[] head) {
		try {
			this.begun = Mac.getInstance(HMAC);
			this.begun.init(new SecretKeySpec(key, HMAC));
			this.begun.update(context);
			this.begun.update(head);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java runtime has no " + HMAC, ex);
		}
		// A provider that can't clone shows at the start, not on a request.
		tag(head, 0, 0);
	}

	@Override
	public int overhead() {
		return TAG_LENGTH;
	}

	@Override
	public void seal(byte[] payload, byte[] output, int offset) {
		System.arraycopy(payload, 0, output, offset, payload.length);
		System.arraycopy(tag(output, offset, payload.length), 0, output, offset + payload.length, TAG_LENGTH);
	}

	@Override
	public byte @Nullable [] open(byte[] sealed, int offset) {
		int end = sealed.length - TAG_LENGTH;
		if (end < offset) {
			return null;
		}
		byte[] expected = Arrays.copyOf(tag(sealed, offset, end - offset), TAG_LENGTH);
		byte[] actual = Arrays.copyOfRange(sealed, end, sealed.length);
		return MessageDigest.isEqual(expected, actual) ? Arrays.copyOfRange(sealed, offset, end) : null;
	}

	private byte[] tag(byte[] bytes, int offset, int length) {
		try {
			Mac mac = (Mac) this.begun.clone();
			mac.update(bytes, offset, length);
			return mac.doFinal();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("The security provider's " + HMAC + " can't be cloned", ex);
		}
	}

}
