package io.sessionkit.cookie;

import java.util.List;

/**
 * How the value and the attributes of a cookie are written: in the format of SessionKit,
 * or in that of a JavaScript framework, so that an application on either side can read
 * the same cookie. That other application is called the <em>peer</em>. A cookie has one
 * format and does not fall back to another.
 *
 * <p>
 * {@link #DEFAULT} has some features that the formats of the peers lack:
 * <ul>
 * <li>It can encrypt.
 * <li>It binds a value to the name and the purpose of the cookie. A value that a peer
 * signed for one cookie is valid in every other cookie with the same secret.
 * <li>It records when the cookie was issued.
 * <li>It contains a key id. With the other formats every secret is tried in turn.
 * <li>It refuses weak secrets. With the other formats a weak secret causes a warning, and
 * secrets are used exactly as they are given.
 * </ul>
 *
 * @see <a href="https://reactrouter.com/explanation/sessions-and-cookies">Sessions and
 * cookies of React Router</a>
 */
public enum CookieFormat {

	/**
	 * SessionKit's own format, encrypted or signed, and bound to the name and the purpose
	 * of the cookie. This is the default.
	 */
	DEFAULT("", "Max-Age Expires Path Domain Secure HttpOnly SameSite Partitioned"),

	/**
	 * The format of React Router 7 and 8 and of Remix 2: the base64 of a JSON text, a
	 * dot, and the base64 of its HMAC-SHA-256, all percent-encoded. The text must be
	 * JSON.
	 */
	REACT_ROUTER("React Router", "Max-Age Domain Path Expires HttpOnly Secure Partitioned SameSite"),

	/**
	 * The format of Remix 3: the base64 of any text, a dot, and the base64 of its
	 * HMAC-SHA-256, without percent-encoding.
	 */
	REMIX("Remix", "Domain Expires HttpOnly Max-Age Partitioned Path SameSite Secure");

	private final String peer;

	private final String attributes;

	CookieFormat(String peer, String attributes) {
		this.peer = peer;
		this.attributes = attributes;
	}

	/**
	 * {@return the name of the framework that this format belongs to, such as
	 * {@code React Router}; empty for {@link #DEFAULT}}
	 */
	public String peer() {
		return this.peer;
	}

	/** Returns the names of the attributes in the order in which they are written. */
	List<String> attributes() {
		return List.of(this.attributes.split(" "));
	}

}
