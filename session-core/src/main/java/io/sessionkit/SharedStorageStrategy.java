package io.sessionkit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

import io.sessionkit.cookie.CookieFormat;

/**
 * A strategy whose store is also read and written by an application in JavaScript, the
 * <em>peer</em>, in the peer's own layout. It requires a cookie with the same
 * {@link CookieFormat}. It differs from other strategies in four respects:
 * <ul>
 * <li>A key is the id of a session as it is in the cookie, because the peer looks for
 * that. The id is signed by the peer or by this library, and {@link #isId} has checked
 * it.
 * <li>A body is the JSON of the peer. The peer does not count versions, so the version of
 * a stored record is {@link #version(byte[])} of its body. {@link #updateData} compares
 * it, so that no write of this library is lost among its own instances. The peer compares
 * nothing.
 * <li>A tombstone must not be stored where the peer looks, because the peer would take it
 * for a damaged record. Instead, the record is removed, and the tombstone, including its
 * body, is kept elsewhere.
 * <li>A record to which the peer has given no expiry expires at {@link #NEVER}.
 * </ul>
 */
public interface SharedStorageStrategy extends SessionIdStorageStrategy {

	/** The expiry of a record to which the peer has given none. */
	Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

	/**
	 * {@return the format of the records}
	 */
	CookieFormat format();

	/**
	 * Creates an id for a new session.
	 * @return the id; by default 32 random bytes in base64url
	 */
	default String newId() {
		return SessionIds.text(SessionIds.random(SessionIds.RECORD_ID));
	}

	/**
	 * Returns whether this store may be asked for an id from an authentic cookie.
	 * @param id any text
	 * @return by default what {@link #isRandomId} returns
	 */
	default boolean isId(String id) {
		return isRandomId(id);
	}

	/**
	 * Returns whether an id has 16 to 128 characters of {@code [A-Za-z0-9_-]}, as UUIDs
	 * and most random ids do.
	 * @param id any text
	 * @return whether it does
	 */
	static boolean isRandomId(String id) {
		return SessionIds.isRandom(id);
	}

	/**
	 * Returns the version of a record: the first 60 bits of the SHA-1 of its body, plus
	 * one. SHA-1 is available in Redis scripts. It detects changes, but not forgery.
	 * @param body the body as it is stored
	 * @return the version, which is positive
	 */
	static long version(byte[] body) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-1").digest(body);
			long bits = 0;
			for (int i = 0; i < Long.BYTES; i++) {
				bits = bits << Byte.SIZE | (hash[i] & 0xFF);
			}
			return (bits >>> 4) + 1;
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java runtime has SHA-1", ex);
		}
	}

}
