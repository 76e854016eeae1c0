package io.sessionkit.spring.web;

/**
 * What becomes of an attribute of {@code HttpSession} that cannot be stored: its class is
 * not allowed, or it does not come back from its JSON as it is.
 */
public enum UnsupportedAttributes {

	/** {@code setAttribute} throws an {@link IllegalArgumentException} that says why. */
	REFUSE,

	/** It is there until the end of the request, and one WARN says so of each class. */
	REQUEST

}
