package io.sessionkit.cookie;

/**
 * What a sealed value is for. Each purpose has keys of its own and is part of what is
 * authenticated, so that a value of one purpose is never taken for one of another, even
 * under the same secret and cookie name.
 */
public enum CookiePurpose {

	/** Text of the application, see {@link SessionCookie#serialize(String)}. */
	VALUE("value"),

	/** A whole session in the cookie; never unsigned. */
	SESSION("session"),

	/** The id of a session that is stored elsewhere. */
	SESSION_ID("session-id");

	private final String label;

	CookiePurpose(String label) {
		this.label = label;
	}

	/** Returns the name that goes into keys and tags; part of the frozen formats. */
	String label() {
		return this.label;
	}

}
