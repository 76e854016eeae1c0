package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The ids of sessions, which are created only here, and the keys that represent them in a
 * store.
 */
final class SessionIds {

	/** The length of an id whose session is in a store, in bytes. */
	static final int RECORD_ID = 32;

	/** The length of an id that only distinguishes cookie-held sessions, in bytes. */
	static final int COOKIE_ID = 16;

	private static final Pattern OF_A_PEER = Pattern.compile("[A-Za-z0-9_-]{16,128}");

	private static final SecureRandom RANDOM = new SecureRandom();

	private SessionIds() {
	}

	static byte[] random(int length) {
		byte[] id = new byte[length];
		RANDOM.nextBytes(id);
		return id;
	}

	static String text(byte[] id) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
	}

	static byte[] bytes(String id) {
		return Base64.getUrlDecoder().decode(id);
	}

	/** Returns whether a peer may have created this id at random. */
	static boolean isRandom(String id) {
		return OF_A_PEER.matcher(id).matches();
	}

	/** Returns the key of a record. Nobody can derive the id from it. */
	static String key(String id) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return text(digest.digest(id.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java runtime has SHA-256", ex);
		}
	}

}
