package io.sessionkit;

/**
 * How a conditional update ended.
 */
public enum UpdateOutcome {

	/** The record is now the given one. */
	UPDATED,

	/**
	 * Another version is stored, or the strategy cannot tell; the storage reads again and
	 * tries once more.
	 */
	CONFLICT,

	/** There is no record under this key, or it has expired; nothing was written. */
	GONE

}
