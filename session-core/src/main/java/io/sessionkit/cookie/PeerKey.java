package io.sessionkit.cookie;

import java.security.GeneralSecurityException;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A secret as the peers sign with it: HMAC-SHA-256 (RFC 2104) with its UTF-8 bytes as the
 * key, in base64 without padding. Thread-safe.
 */
final class PeerKey {

	/** The characters of a signature. */
	static final int LENGTH = 43;

	private static final String HMAC = "HmacSHA256";

	private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

	/** Has read the key; only ever cloned. */
	private final Mac keyed;

	PeerKey(String secret) {
		try {
			this.keyed = Mac.getInstance(HMAC);
			this.keyed.init(new SecretKeySpec(secret.getBytes(UTF_8), HMAC));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java runtime has no " + HMAC, ex);
		}
		// A provider that can't clone shows at the start, not on a request.
		sign(new byte[0], 0);
	}

	/** Returns the signature of the first bytes, in ASCII. */
	byte[] sign(byte[] text, int length) {
		try {
			Mac mac = (Mac) this.keyed.clone();
			mac.update(text, 0, length);
			return ENCODER.encode(mac.doFinal());
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("The security provider's " + HMAC + " can't be cloned", ex);
		}
	}

}
