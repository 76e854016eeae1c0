package io.sessionkit;

/**
 * Thrown if a value cannot become JSON within the limits, or would not be the same when
 * it is read from its JSON. It is thrown by the call that sets the value, or by the
 * commit if the value was changed in place. The message names the class, the property,
 * and what to do. The session stays as it was before.
 */
public final class SessionSerializationException extends SessionException {

	SessionSerializationException(String message) {
		// The exceptions of Jackson quote values, so none of them becomes the cause.
		super(message, null);
	}

}
