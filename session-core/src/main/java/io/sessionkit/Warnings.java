package io.sessionkit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The warnings of a storage about failures that do not fail the request. */
final class Warnings {

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.SessionStorage");

	private Warnings() {
	}

	/**
	 * Logs the stack trace at DEBUG only, because while a store is down this happens with
	 * every request.
	 */
	static void storeFailed(String consequence, SessionStorageException failure) {
		logger.warn("{}, because the store failed: {}", consequence, failure.getMessage());
		logger.debug("The failure of the session store", failure);
	}

	/**
	 * Logs that an attribute was dropped because the session is too large for its cookie.
	 */
	static void dropped(String attribute, int size, int limit) {
		logger.warn("A session took {} bytes as a cookie, the limit is {}: '{}', which it can do without, was dropped "
				+ "from it. Keep less in the session (an id instead of the thing), or use a storage with records. "
				+ "(Said once.)", size, limit, attribute);
	}

	/**
	 * Logs that a record is not readable, each time one is read.
	 * @param key the key of the record; the warning contains the beginning of it
	 */
	static void unreadableRecord(String key) {
		logger.warn("The session record {}... is not readable and counts as absent", key.substring(0, 8));
	}

}
