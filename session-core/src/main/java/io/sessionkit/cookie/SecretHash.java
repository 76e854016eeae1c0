package io.sessionkit.cookie;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Stands for texts by HMAC-SHA-256 (RFC 2104), so that who lacks the secret can neither
 * read nor guess them. It has a key of its own per secret of the cookie and use, by HKDF
 * (RFC 5869), and another result for another cookie name. After a rotation the first
 * secret writes and all are looked up.
 */
public final class SecretHash {

	private static final String HMAC = "HmacSHA256";

	private static final int KEY_LENGTH = 32;

	private final String cookieName;

	private final List<SecretKeySpec> keys = new ArrayList<>();

	SecretHash(String use, String cookieName, Secrets secrets) {
		this.cookieName = cookieName;
		for (int i = 0; i < secrets.size(); i++) {
			byte[] key = secrets.derive(i, "sessionkit hash " + use + " key", KEY_LENGTH);
			this.keys.add(new SecretKeySpec(key, HMAC));
		}
	}

	/**
	 * Returns the hash under the secret that writes: the base64url of 32 bytes, 43
	 * characters.
	 */
	public String first(String text) {
		return hash(this.keys.get(0), text);
	}

	/**
	 * Returns the hashes under all secrets, that of the one that writes first.
	 */
	public List<String> all(String text) {
		return this.keys.stream().map((key) -> hash(key, text)).toList();
	}

	private String hash(SecretKeySpec key, String text) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(key);
			mac.update(this.cookieName.getBytes(UTF_8));
			// No cookie name has one, so the border is clear.
			mac.update((byte) 0);
			return Base64Url.encode(mac.doFinal(text.getBytes(UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java runtime has no " + HMAC, ex);
		}
	}

	/** Returns under how many secrets it hashes. */
	@Override
	public String toString() {
		return "SecretHash[" + this.keys.size() + "]";
	}

}
