package io.sessionkit;

import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * How sessions are written: the document with the content, the payload of a cookie, and
 * the key of a record. A cookie either holds the session or points to its record. There
 * is a default format, and formats that JavaScript applications share. A storage chooses
 * its format when it is built.
 */
sealed interface SessionFormat permits OwnSessionFormat, SharedSessionFormat {

	/**
	 * Chooses the format of a storage.
	 * @param strategy where records are kept; {@code null} if the cookie holds the
	 * session
	 * @throws IllegalArgumentException if cookie, strategy and revocation do not fit
	 * together
	 */
	static SessionFormat of(CookieFormat format, @Nullable SessionIdStorageStrategy strategy,
			@Nullable Revocation revocation) {
		SharedStorageStrategy shared = (strategy instanceof SharedStorageStrategy given) ? given : null;
		CookieFormat kept = (shared != null) ? shared.format() : CookieFormat.DEFAULT;
		if (strategy != null && kept != format) {
			String records = strategy.getClass().getSimpleName() + " keeps records "
					+ ((shared == null) ? "in the default format" : "of " + kept.peer());
			throw new IllegalArgumentException((format == CookieFormat.DEFAULT)
					? records + ", but the cookie has the default format; build it with format(CookieFormat." + kept
							+ ")"
					: "The cookie is shared with " + format.peer() + ", but " + records
							+ ", which it cannot read; use a "
							+ "SharedStorageStrategy of its format, or the default format");
		}
		if (revocation != null && strategy != null) {
			throw new IllegalArgumentException(
					"Sessions in a store end on all instances at once; revocation(...) is for "
							+ "SessionStorage.builder(cookie) without a strategy");
		}
		if (revocation != null && format == CookieFormat.REACT_ROUTER) {
			throw new IllegalArgumentException("A cookie that holds a session of React Router has no id by which its "
					+ "end could be noted; leave the revocation out, or keep the session in a store");
		}
		if (revocation != null && revocation.strategy() instanceof SharedStorageStrategy other) {
			throw new IllegalArgumentException("A revocation needs a strategy with records in the default format, but "
					+ other.getClass().getSimpleName() + " keeps those of a peer");
		}
		return switch (format) {
			case DEFAULT -> OwnSessionFormat.INSTANCE;
			case REACT_ROUTER -> new ReactRouterSessionFormat(shared);
			case REMIX -> new RemixSessionFormat(shared);
		};
	}

	/**
	 * Returns whether a peer reads and writes the sessions too, so that they can only
	 * have values and flash attributes.
	 */
	default boolean isShared() {
		return this instanceof SharedSessionFormat;
	}

	/**
	 * Reads a document.
	 * @return {@code null} if it is malformed in any way
	 */
	@Nullable SessionDocument parse(byte[] bytes, int offset, int length);

	byte[] toBytes(SessionDocument document);

	/**
	 * Returns a function that turns the name of a value and its JSON into the JSON to
	 * write; {@code null} if any JSON is fine. The function throws a
	 * {@link SessionSerializationException} if the peer would read another value.
	 */
	default @Nullable BiFunction<String, byte[], byte[]> spelling() {
		return null;
	}

	/**
	 * Checks the name of a value that is to be set.
	 * @throws IllegalArgumentException if the peer would misinterpret it
	 */
	default void requireName(String name) {
	}

	/** Returns the most bytes of JSON that can fit into a cookie that holds a session. */
	int limit(SessionCookie cookie);

	/**
	 * Returns the cookies that hold a session. Their ids are empty if the format has
	 * none.
	 */
	BroughtCookies holders(StorageCookie cookie, List<String> values);

	/**
	 * Returns whether a future version wrote the payload of a cookie that holds a
	 * session.
	 */
	boolean isNewer(byte[] payload);

	/**
	 * Returns when the session in a cookie was created; the given time if the cookie does
	 * not say it.
	 */
	Instant created(byte[] payload, Instant now);

	/**
	 * Returns when the session in a cookie expires; the given time if the cookie does not
	 * say it.
	 */
	Instant expires(byte[] payload, Instant end);

	/** Returns the document in a cookie; {@code null} if it is malformed. */
	@Nullable SessionDocument document(byte[] payload);

	/**
	 * Creates an id for a new session in a cookie; empty if the format has no place for
	 * one.
	 */
	String newHolderId();

	/** Returns the payload of a cookie that holds a session. */
	byte[] holder(String id, Instant created, Instant issued, Instant expires, SessionDocument document);

	/** Returns the cookies that point to a record. */
	BroughtCookies pointers(StorageCookie cookie, List<String> values);

	/** Creates an id for a new session in a record. */
	String newRecordId();

	/** Returns the payload of a cookie that points to a record. */
	byte[] pointer(String id, Instant issued);

	/** Returns the key of the record with an id. */
	String key(String id);

	/** Returns a text that represents a key in a log. */
	String shown(String key);

	/** Returns the version that a record has after it was written. */
	long version(SessionRecord written);

}
