package io.sessionkit.cookie;

/**
 * Why a cookie of our name does not count, so that its request is an anonymous one.
 */
public enum CookieRejection {

	/** It is none of ours: cut, of another format, or not canonical. */
	MALFORMED,

	/** It is of a version that this one does not know. */
	UNKNOWN_VERSION,

	/** Its secret is not, or no longer, configured. */
	UNKNOWN_KEY,

	/** It names a secret that did not make it: somebody changed or invented it. */
	FORGED,

	/** It was issued more than five minutes in the future. */
	FROM_THE_FUTURE,

	/** The session that it holds has expired. */
	EXPIRED,

	/**
	 * The store has no record of its session any more, which has expired or was evicted.
	 */
	ABSENT,

	/** Its session was ended: a logout, or a new id. */
	ENDED,

	/**
	 * It is authentic, and so is another of a session that lives too: one of them was
	 * planted, and neither counts.
	 */
	AMBIGUOUS,

	/** It is authentic, and what it holds, or names, is no session. */
	UNREADABLE

}
