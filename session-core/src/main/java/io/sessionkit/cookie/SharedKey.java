package io.sessionkit.cookie;

import java.util.Base64;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A secret as the peers use it for signing: HMAC-SHA-256 with the UTF-8 bytes of the
 * secret as its key, in base64 without padding. Thread-safe.
 */
final class SharedKey {

	/** The number of characters of a signature. */
	static final int LENGTH = 43;

	private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

	private final HmacKey hmac;

	SharedKey(String secret) {
		this.hmac = new HmacKey(secret.getBytes(UTF_8));
	}

	/** Returns the signature of the first {@code length} bytes, in ASCII. */
	byte[] sign(byte[] text, int length) {
		return ENCODER.encode(this.hmac.sign(text, 0, length));
	}

}
