package io.sessionkit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

import io.sessionkit.cookie.CookieFormat;

/**
 * A strategy over a store that the program of a peer reads and writes too, in the peer's
 * own layout: for a cookie of the same {@link CookieFormat}, and for no other. It differs
 * from every other strategy in four things:
 * <ul>
 * <li>A key is the id of a session as it stands in the cookie, since the peer looks for
 * that. Nobody but the peer or we signed it, and {@link #isId} has checked it.
 * <li>A body is the peer's JSON. The version of a stored record is
 * {@link #version(byte[])} of its body, since the peer counts none: so
 * {@link #updateData} compares what is stored with that, and of our own writers none
 * overwrites another. The peer compares nothing.
 * <li>A tombstone must not be where the peer looks, who would take it for a damaged
 * record: it is kept elsewhere, body included, and the record is removed.
 * <li>A record that the peer has given no end is {@link #NEVER} over.
 * </ul>
 */
public interface SharedStorageStrategy extends SessionIdStorageStrategy {

	/** The end of a record that the peer has given none. */
	Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

	/** Returns the format of the records. */
	CookieFormat format();

	/** Makes an id for a new session; 32 random bytes in base64url by default. */
	default String newId() {
		return SessionIds.text(SessionIds.random(SessionIds.RECORD_ID));
	}

	/**
	 * Whether an authentic cookie names an id that this store may be asked for; by
	 * default if {@link #isRandomId} says so.
	 * @param id any text
	 */
	default boolean isId(String id) {
		return isRandomId(id);
	}

	/**
	 * Whether an id has 16 to 128 characters of {@code [A-Za-z0-9_-]}, as UUIDs and most
	 * random ids have.
	 * @param id any text
	 */
	static boolean isRandomId(String id) {
		return SessionIds.isRandom(id);
	}

	/**
	 * Returns the version of a record: the first 60 bits of the SHA-1 of its body, plus
	 * one. SHA-1, since scripts of Redis have it; it finds changes, not forgeries.
	 * @param body the record as it is stored
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
