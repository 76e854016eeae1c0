package io.sessionkit.cookie;

/**
 * What a cookie value is used for. Each purpose has its own keys and is part of the
 * authenticated data. A value with one purpose is therefore never accepted for another,
 * not even with the same secret and cookie name.
 */
public enum CookiePurpose {

	/** A text of the application, see {@link SessionCookie#serialize(String)}. */
	VALUE("value"),

	/**
	 * A whole session in the cookie. It is never written without encryption or a
	 * signature.
	 */
	SESSION("session"),

	/** The id of a session that is kept in a server-side store. */
	SESSION_ID("session-id");

	private final String label;

	CookiePurpose(String label) {
		this.label = label;
	}

	/**
	 * Returns the name that is part of keys and tags. It belongs to the frozen formats.
	 */
	String label() {
		return this.label;
	}

}
