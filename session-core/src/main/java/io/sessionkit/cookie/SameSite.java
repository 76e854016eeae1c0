package io.sessionkit.cookie;

/**
 * With which requests of other sites a browser sends the cookie: the {@code SameSite}
 * attribute of RFC 6265bis, section 4.1.2.7.
 */
public enum SameSite {

	/** Never with a request that another site started, not even a followed link. */
	STRICT("Strict"),

	/**
	 * With a followed link, but with no form post and no embedded request. The default.
	 */
	LAX("Lax"),

	/** With every request; browsers accept it only on a cookie that is {@code Secure}. */
	NONE("None");

	private final String attribute;

	SameSite(String attribute) {
		this.attribute = attribute;
	}

	/** Returns the word as it stands in the header. */
	String attribute() {
		return this.attribute;
	}

}
