package io.sessionkit.cookie;

import java.util.List;

/**
 * How the value and the attributes of a cookie are written: in our own way, or in that of
 * a JavaScript framework, so that a program on each side reads the same cookie. A cookie
 * has one format and reads no other; there is no fallback.
 *
 * <p>
 * What the formats of the peers cannot have, and {@link #DEFAULT} has: encryption; a
 * binding to cookie name and purpose, so that a value signed for one cookie passes in
 * every other one of the same secret; the moment of issue; a key id, so that every secret
 * is tried in turn. Secrets are used as they are, and may be weak, with a warning.
 *
 * @see <a href="https://reactrouter.com/explanation/sessions-and-cookies">Sessions and
 * cookies of React Router</a>
 */
public enum CookieFormat {

	/** Our own formats, encrypted or signed, bound to name and purpose. The default. */
	DEFAULT("", "Max-Age Expires Path Domain Secure HttpOnly SameSite Partitioned"),

	/**
	 * React Router 7 and 8, and Remix 2: base64 of JSON, a dot, the base64 of its
	 * HMAC-SHA-256, percent-encoded. A text that is sealed must be JSON.
	 */
	REACT_ROUTER("React Router", "Max-Age Domain Path Expires HttpOnly Secure Partitioned SameSite"),

	/**
	 * Remix 3: base64 of any text, a dot, the base64 of its HMAC-SHA-256, as they are.
	 */
	REMIX("Remix", "Domain Expires HttpOnly Max-Age Partitioned Path SameSite Secure");

	private final String peer;

	private final String attributes;

	CookieFormat(String peer, String attributes) {
		this.peer = peer;
		this.attributes = attributes;
	}

	/** Returns whose format it is, as people call it; empty for our own. */
	public String peer() {
		return this.peer;
	}

	/** Returns the names of the attributes in the order in which they are written. */
	List<String> attributes() {
		return List.of(this.attributes.split(" "));
	}

}
