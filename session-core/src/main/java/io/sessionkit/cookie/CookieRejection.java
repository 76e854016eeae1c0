package io.sessionkit.cookie;

/** Why a session cookie was rejected, so that its request has no session. */
public enum CookieRejection {

	/**
	 * The value was not written by this library: it is truncated, has another format, or
	 * is not canonical.
	 */
	MALFORMED,

	/** The value has a format version that this release does not know. */
	UNKNOWN_VERSION,

	/** The secret of the value is not configured, or not any more. */
	UNKNOWN_KEY,

	/**
	 * The value names a configured secret that did not produce it. Somebody changed or
	 * invented it.
	 */
	FORGED,

	/** The value was issued more than five minutes in the future. */
	FROM_THE_FUTURE,

	/** The session in the cookie has expired. */
	EXPIRED,

	/** The store has no record of the session. It has expired or was evicted. */
	ABSENT,

	/** The session was ended by a logout or by a new id. */
	ENDED,

	/**
	 * The value is authentic, but another cookie of the request leads to another live
	 * session. One of them was planted, so neither is used.
	 */
	AMBIGUOUS,

	/** The value is authentic, but what it contains or refers to is not a session. */
	UNREADABLE

}
