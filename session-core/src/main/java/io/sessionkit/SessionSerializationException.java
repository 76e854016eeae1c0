package io.sessionkit;

/**
 * A value cannot become JSON within the limits, or would not come back from it as it is:
 * thrown by the call that sets it, or by the commit where the value was changed in place.
 * The message names the class, the property and what to do. The session is as it was
 * before.
 */
public final class SessionSerializationException extends SessionException {

	SessionSerializationException(String message) {
		// Jackson's exceptions quote values, so none of them is kept as the cause.
		super(message, null);
	}

}
