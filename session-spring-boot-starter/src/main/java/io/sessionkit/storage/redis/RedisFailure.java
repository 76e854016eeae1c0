package io.sessionkit.storage.redis;

import org.jspecify.annotations.Nullable;

/**
 * What the server itself said, by the word that its error begins with; no client has a
 * type of its own for all of them.
 */
enum RedisFailure {

	/** The script is not in the server's memory, after a restart for instance. */
	NO_SCRIPT("NOSCRIPT"),

	/** The server is at its maxmemory. */
	OUT_OF_MEMORY("OOM"),

	/** The server does not know the user, or the password is another one. */
	WRONG_PASSWORD("WRONGPASS"),

	/** The server wants a password, and got none. */
	NO_PASSWORD("NOAUTH"),

	/** The user may not run the command, or not on this key. */
	NO_PERMISSION("NOPERM"),

	/** The key holds something else than a string. */
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
