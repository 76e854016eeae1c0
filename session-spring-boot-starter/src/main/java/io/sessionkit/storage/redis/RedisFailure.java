package io.sessionkit.storage.redis;

import org.jspecify.annotations.Nullable;

/**
 * The errors that the server reports, identified by the word that the message begins
 * with. No client has an exception type for each of them.
 */
enum RedisFailure {

	/** The server does not know the script, for instance after a restart. */
	NO_SCRIPT("NOSCRIPT"),

	/** The server has reached its maxmemory. */
	OUT_OF_MEMORY("OOM"),

	/** The user is unknown or the password is wrong. */
	WRONG_PASSWORD("WRONGPASS"),

	/** The server requires a password and did not get one. */
	NO_PASSWORD("NOAUTH"),

	/** The user lacks the permission for this command or this key. */
	NO_PERMISSION("NOPERM"),

	/** The key holds a type other than a string. */
	WRONG_TYPE("WRONGTYPE"),

	/** The server is a replica, as a former master is after a failover. */
	READ_ONLY("READONLY");

	private final String word;

	RedisFailure(String word) {
		this.word = word;
	}

	boolean causes(Throwable failure) {
		@Nullable Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 10; depth++) {
			String message = cause.getMessage();
			if (message != null && message.contains(this.word)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

}
