package io.sessionkit;

import org.jspecify.annotations.Nullable;

/**
 * A failure that is not a programming error: the store failed, or a value is too large or
 * cannot become JSON. The message never contains an id, a value or a secret.
 */
public abstract sealed class SessionException extends RuntimeException
		permits SessionStorageException, SessionSerializationException, SessionTooLargeException {

	SessionException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
