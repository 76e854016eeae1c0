package io.sessionkit;

import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with a session that is not a mistake in the program: the store, the
 * size, or a value that is no JSON. Its message never carries an id, a value or a secret.
 */
public abstract sealed class SessionException extends RuntimeException
		permits SessionStorageException, SessionSerializationException, SessionTooLargeException {

	SessionException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
