package io.sessionkit.spring.web;

/**
 * Determines how attributes of {@code HttpSession} are handled that cannot be stored,
 * because their class is not allowed or because they cannot be restored from their JSON.
 */
public enum UnsupportedAttributes {

	/**
	 * {@code setAttribute} throws an {@link IllegalArgumentException} that explains the
	 * reason.
	 */
	REFUSE,

	/**
	 * The attribute is kept until the end of the request, and a warning is logged once
	 * per class.
	 */
	REQUEST

}
