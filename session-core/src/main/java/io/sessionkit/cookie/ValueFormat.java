package io.sessionkit.cookie;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the value of one cookie is written: a label, a dot, and base64url. A cookie has one
 * format and reads no other, so that nobody can choose a weaker one.
 */
abstract sealed class ValueFormat permits AuthenticatedFormat, UnsignedFormat {

	/** The longest value that is looked at; a browser keeps half of it. */
	static final int MAX_LENGTH = 8192;

	private static final Logger logger = LoggerFactory.getLogger(SessionCookie.class);

	private final String label;

	private final String prefix;

	private final String cookieName;

	ValueFormat(String label, String cookieName) {
		this.label = label;
		this.prefix = label + ".";
		this.cookieName = cookieName;
	}

	/**
	 * Picks the format by the secrets that are there.
	 * @throws CookieConfigurationException if there are both
	 */
	static ValueFormat of(String cookieName, @Nullable Secrets encrypting, @Nullable Secrets signing) {
		if (encrypting != null && signing != null) {
			throw new CookieConfigurationException("secrets",
					"A cookie is either encrypted or signed: encryption authenticates too, so leave signedWith out");
		}
		if (encrypting != null) {
			return AuthenticatedFormat.encrypted(cookieName, encrypting);
		}
		return (signing != null) ? AuthenticatedFormat.signed(cookieName, signing) : new UnsignedFormat(cookieName);
	}

	/** Returns what a value of this format begins with, without the dot. */
	final String label() {
		return this.label;
	}

	final String seal(CookiePurpose purpose, byte[] payload) {
		return this.prefix + Base64Url.encode(sealBytes(purpose, payload));
	}

	/**
	 * Returns the payload, or {@code null} for anything that {@link #seal} did not make.
	 */
	final @Nullable OpenedCookie open(CookiePurpose purpose, String value) {
		if (value.length() > MAX_LENGTH) {
			return rejected("longer than 8192 characters");
		}
		if (!value.startsWith(this.prefix)) {
			return rejected("does not start with " + this.prefix);
		}
		byte[] bytes = Base64Url.decode(value, this.prefix.length());
		return (bytes != null) ? openBytes(purpose, bytes) : rejected("is not canonical base64url");
	}

	abstract byte[] sealBytes(CookiePurpose purpose, byte[] payload);

	abstract @Nullable OpenedCookie openBytes(CookiePurpose purpose, byte[] bytes);

	/** Logs why, never what, and returns {@code null}. */
	final @Nullable OpenedCookie rejected(String reason) {
		logger.debug("Rejected a cookie {}: its value {}", this.cookieName, reason);
		return null;
	}

}
