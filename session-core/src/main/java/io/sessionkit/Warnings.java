package io.sessionkit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a storage goes on after, but must not keep to itself.
 */
final class Warnings {

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.SessionStorage");

	private Warnings() {
	}

	/** The stack trace at DEBUG only: with a store down this comes with every request. */
	static void storeFailed(String consequence, SessionStorageException failure) {
		logger.warn("{}, because the store failed: {}", consequence, failure.getMessage());
		logger.debug("The failure of the session store", failure);
	}

	/** Where the session takes more bytes than its cookie has. */
	static void dropped(String attribute, int size, int limit) {
		logger.warn("A session took {} bytes as a cookie, the limit is {}: '{}', which it can do without, was dropped "
				+ "from it. Keep less in the session (an id instead of the thing), or use a storage with records. "
				+ "(Said once.)", size, limit, attribute);
	}

	/**
	 * Once a read meets a record that is none of ours.
	 * @param key the storage key, of which the beginning is shown
	 */
	static void unreadableRecord(String key) {
		logger.warn("The session record {}... is not readable and counts as absent", key.substring(0, 8));
	}

}
