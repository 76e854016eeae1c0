package io.sessionkit;

import org.jspecify.annotations.Nullable;

/**
 * The store failed, did not answer in time, or met concurrent changes for too long.
 * Strategies throw it for every failure of their backend; in a web application it becomes
 * a 503 with {@code Retry-After} where nobody handles it.
 */
public final class SessionStorageException extends SessionException {

	/**
	 * Creates the exception.
	 * @param message what happened, with the number and what to do; no id, key or value
	 * @param cause the backend's own failure, or {@code null} where there is none
	 */
	public SessionStorageException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
