package io.sessionkit.benchmarks;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The least that a signed cookie can be: an id, HMAC-SHA-256 and base64url, the way an
 * application without a library would write it on plain JCA.
 */
final class RawHmac {

	private static final String HMAC = "HmacSHA256";

	private static final int TAG = 32;

	private final SecretKeySpec key = new SecretKeySpec(SampleSession.SECRET.getBytes(US_ASCII), HMAC);

	String sign(byte[] id) {
		byte[] bytes = Arrays.copyOf(id, id.length + TAG);
		System.arraycopy(tag(id), 0, bytes, id.length, TAG);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/** The id, or {@code null} where somebody else has signed it. */
	byte @Nullable [] verify(String signed) {
		byte[] bytes = Base64.getUrlDecoder().decode(signed);
		byte[] id = Arrays.copyOf(bytes, bytes.length - TAG);
		byte[] tag = Arrays.copyOfRange(bytes, id.length, bytes.length);
		return MessageDigest.isEqual(tag(id), tag) ? id : null;
	}

	private byte[] tag(byte[] bytes) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(this.key);
			return mac.doFinal(bytes);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
