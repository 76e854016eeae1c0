package io.sessionkit;

import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * How sessions are written, in every place: the document with the content, the payload of
 * a cookie, and the key of a record. A cookie is a holder of the session itself, or a
 * pointer to its record. The format is our own, or that of a program in JavaScript that
 * shares the sessions; a storage chooses it once, when it is built.
 */
sealed interface SessionFormat permits OwnSessionFormat, SharedSessionFormat {

	/**
	 * Chooses the format of a storage.
	 * @param strategy where records are kept; {@code null} if the cookie holds the
	 * session
	 * @throws IllegalArgumentException if cookie, strategy and revocation do not go
	 * together
	 */
	static SessionFormat of(CookieFormat format, @Nullable SessionIdStorageStrategy strategy,
			@Nullable Revocation revocation) {
		SharedStorageStrategy shared = (strategy instanceof SharedStorageStrategy given) ? given : null;
		CookieFormat kept = (shared != null) ? shared.format() : CookieFormat.DEFAULT;
		if (strategy != null && kept != format) {
			String records = strategy.getClass().getSimpleName() + " keeps records "
					+ ((shared == null) ? "of our own" : "of " + kept.peer());
			throw new IllegalArgumentException((format == CookieFormat.DEFAULT)
					? records + ", and the cookie has the default format; build it with format(CookieFormat." + kept
							+ ")"
					: "The cookie is shared with " + format.peer() + ", and " + records
							+ ", which it cannot read; use a "
							+ "SharedStorageStrategy of its format, or the default format");
		}
		if (revocation != null && strategy != null) {
			throw new IllegalArgumentException(
					"Sessions in records end on all nodes as they are; revocation(...) is for "
							+ "SessionStorage.builder(cookie) without a strategy");
		}
		if (revocation != null && format == CookieFormat.REACT_ROUTER) {
			throw new IllegalArgumentException("A cookie that holds a session of React Router has no id by which its "
					+ "end could be noted; leave the revocation out, or keep the session in a store");
		}
		if (revocation != null && revocation.strategy() instanceof SharedStorageStrategy other) {
			throw new IllegalArgumentException("The strategy of a revocation keeps records of our own; "
					+ other.getClass().getSimpleName() + " keeps those of a peer");
		}
		return switch (format) {
			case DEFAULT -> OwnSessionFormat.INSTANCE;
			case REACT_ROUTER -> new ReactRouterSessionFormat(shared);
			case REMIX -> new RemixSessionFormat(shared);
		};
	}

	/**
	 * Whether a peer reads and writes the sessions too, so that there is room for values
	 * and flash alone.
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
	 * Turns the name of a value and its JSON into the JSON as it is written; {@code null}
	 * where that is any. It throws a {@link SessionSerializationException} if the peer
	 * would read another value.
	 */
	default @Nullable BiFunction<String, byte[], byte[]> spelling() {
		return null;
	}

	/**
	 * Checks the name of a value that is to be set.
	 * @throws IllegalArgumentException if the peer would take it for something else
	 */
	default void requireName(String name) {
	}

	/** The most JSON that can fit into a cookie that holds a session. */
	int limit(SessionCookie cookie);

	/**
	 * The cookies that hold a session; an id is empty where they have none.
	 */
	BroughtCookies holders(StorageCookie cookie, List<String> values);

	/** Whether a version to come made the payload of a holder. */
	boolean isNewer(byte[] payload);

	/** When the session of a holder was created; now where that is not told. */
	Instant created(byte[] payload, Instant now);

	/** When the session of a holder ends; the end given where that is not told. */
	Instant expires(byte[] payload, Instant end);

	/** The content of a holder; {@code null} if it is none. */
	@Nullable SessionDocument document(byte[] payload);

	/** An id for a new session in a cookie, empty where there is no room for one. */
	String newHolderId();

	/** The payload of a cookie that holds a session. */
	byte[] holder(String id, Instant created, Instant issued, Instant expires, SessionDocument document);

	/** The cookies that point to a record. */
	BroughtCookies pointers(StorageCookie cookie, List<String> values);

	/** An id for a new session in a record. */
	String newRecordId();

	/** The payload of a cookie that points to a record. */
	byte[] pointer(String id, Instant issued);

	/** Under what the strategy keeps the record. */
	String key(String id);

	/** What stands for a key in a log. */
	String shown(String key);

	/** The version that a record has once it is written. */
	long version(SessionRecord written);

}
