package io.sessionkit.cookie;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Replaces texts with their HMAC-SHA-256 (RFC 2104), so that nobody without the secret
 * can read or guess them. The key is derived by HKDF (RFC 5869) from a secret of the
 * cookie and the use, and the result also depends on the name of the cookie. While
 * secrets are rotated, the first one is used for writing, and all of them are used for
 * lookups.
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
	 * Returns the hash of a text under the secret that writes.
	 * @param text the text
	 * @return the base64url of 32 bytes, which has 43 characters
	 */
	public String first(String text) {
		return hash(this.keys.get(0), text);
	}

	/**
	 * Returns the hashes of a text under all secrets.
	 * @param text the text
	 * @return one hash for each secret, in the order of the secrets; the first one equals
	 * {@link #first(String)}
	 */
	public List<String> all(String text) {
		return this.keys.stream().map((key) -> hash(key, text)).toList();
	}

	private String hash(SecretKeySpec key, String text) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(key);
			mac.update(this.cookieName.getBytes(UTF_8));
			// A cookie name cannot contain this byte, so it separates the two parts.
			mac.update((byte) 0);
			return Base64Url.encode(mac.doFinal(text.getBytes(UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java runtime has no " + HMAC, ex);
		}
	}

	/** Returns the number of secrets. */
	@Override
	public String toString() {
		return "SecretHash[" + this.keys.size() + "]";
	}

}
