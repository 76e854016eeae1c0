package io.sessionkit.cookie;

import java.security.MessageDigest;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The key of the format {@code i1}, which is {@code payload tag[16]}. The tag is the
 * first half of the HMAC-SHA-256 over the context, the version, the key id and the
 * payload.
 */
final class SigningKey implements SealingKey {

	private static final int TAG_LENGTH = 16;

	private final HmacKey hmac;

	SigningKey(byte[] key, byte[] context, byte[] head) {
		this.hmac = new HmacKey(key, context, head);
	}

	@Override
	public int overhead() {
		return TAG_LENGTH;
	}

	@Override
	public void seal(byte[] payload, byte[] output, int offset) {
		System.arraycopy(payload, 0, output, offset, payload.length);
		System.arraycopy(this.hmac.sign(output, offset, payload.length), 0, output, offset + payload.length,
				TAG_LENGTH);
	}

	@Override
	public byte @Nullable [] open(byte[] sealed, int offset) {
		int end = sealed.length - TAG_LENGTH;
		if (end < offset) {
			return null;
		}
		byte[] expected = Arrays.copyOf(this.hmac.sign(sealed, offset, end - offset), TAG_LENGTH);
		byte[] actual = Arrays.copyOfRange(sealed, end, sealed.length);
		return MessageDigest.isEqual(expected, actual) ? Arrays.copyOfRange(sealed, offset, end) : null;
	}

}
