package io.sessionkit.contract;

/**
 * What not every store can do. A contract expects all of it; a subclass says openly what
 * its store does not promise, and the report lists the cases that are left out for that.
 */
public enum Promise {

	/**
	 * Of several writers of one version of a record exactly one wins, and a record that
	 * was deleted is not brought back by a write in flight.
	 */
	CONDITIONAL_WRITES,

	/**
	 * An update says GONE where the record is not there, by which the storage saves a
	 * read; otherwise CONFLICT.
	 */
	TELLS_GONE,

	/**
	 * A create says where its key is taken, and leaves what is there. Without, it counts
	 * on the keys of the storage, which are random.
	 */
	TELLS_TAKEN,

	/** What one request wrote, the next one reads, on whatever node (also: destroyed). */
	SHARED_BETWEEN_NODES,

	/** Requests that change one session at the same time all keep their changes (G3). */
	NO_LOST_CHANGE,

	/** A destroyed or left id is dead for requests still in flight too (G4). */
	FINAL_LOGOUT,

	/**
	 * A session has an id, so that its end is known also to a copy of its cookie.
	 */
	OWN_ID,

	/** A session knows when it began, and ends with the absolute timeout. */
	KNOWN_AGE,

	/** A session knows when it ends if nobody uses it, and the server holds to that. */
	KNOWN_END,

	/** A session may have a life of its own, which writes and renewals keep. */
	OWN_LIFE,

	/** A cookie counts under its own name alone, and of several the one issued last. */
	BOUND_COOKIE,

	/**
	 * Not of the store but of its test: the stored bytes can be looked at and damaged
	 * from outside.
	 */
	RAW_ACCESS

}
