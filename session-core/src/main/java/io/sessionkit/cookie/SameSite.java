package io.sessionkit.cookie;

/**
 * With which cross-site requests a browser sends a cookie: the {@code SameSite} attribute
 * of RFC 6265bis, section 4.1.2.7.
 */
public enum SameSite {

	/**
	 * Never with a request that another site started, not even if the user follows a
	 * link.
	 */
	STRICT("Strict"),

	/**
	 * If the user follows a link, but not with a form post or an embedded request. This
	 * is the default.
	 */
	LAX("Lax"),

	/**
	 * With every request. Browsers accept this only for a cookie that is {@code Secure}.
	 */
	NONE("None");

	private final String attribute;

	SameSite(String attribute) {
		this.attribute = attribute;
	}

	/** Returns the value of the attribute. */
	String attribute() {
		return this.attribute;
	}

}
