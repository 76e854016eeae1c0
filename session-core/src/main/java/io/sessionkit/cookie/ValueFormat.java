package io.sessionkit.cookie;

import java.util.List;
import java.util.function.Consumer;

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
	 * Picks the format by the secrets that are there; warns where there are none.
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
		if (signing != null) {
			return AuthenticatedFormat.signed(cookieName, signing);
		}
		logger.warn("Cookie {} is unsigned: anybody can make its values. Give it secrets to encrypt or sign with.",
				cookieName);
		return new UnsignedFormat(cookieName);
	}

	/**
	 * Returns hashes for one use under the secrets; {@code null} where there are none.
	 */
	abstract @Nullable SecretHash hash(String use);

	final String cookieName() {
		return this.cookieName;
	}

	/** Returns what a value of this format begins with, without the dot. */
	final String label() {
		return this.label;
	}

	final String seal(CookiePurpose purpose, byte[] payload) {
		return this.prefix + Base64Url.encode(sealBytes(purpose, payload));
	}

	/** Opens a value where nobody wants to hear why one is rejected. */
	final @Nullable OpenedCookie open(CookiePurpose purpose, String value) {
		return open(purpose, value, (reason) -> {
		});
	}

	/**
	 * Returns the payload, or {@code null} for anything that {@link #seal} did not make.
	 */
	final @Nullable OpenedCookie open(CookiePurpose purpose, String value, Consumer<CookieRejection> rejections) {
		if (value.length() > MAX_LENGTH) {
			return rejected(rejections, CookieRejection.MALFORMED, "longer than 8192 characters");
		}
		if (!value.startsWith(this.prefix)) {
			return rejected(rejections, CookieRejection.MALFORMED, "does not start with " + this.prefix);
		}
		byte[] bytes = Base64Url.decode(value, this.prefix.length());
		return (bytes != null) ? openBytes(purpose, bytes, rejections)
				: rejected(rejections, CookieRejection.MALFORMED, "is not canonical base64url");
	}

	abstract byte[] sealBytes(CookiePurpose purpose, byte[] payload);

	abstract @Nullable OpenedCookie openBytes(CookiePurpose purpose, byte[] bytes,
			Consumer<CookieRejection> rejections);

	/** Returns the ids of the keys, in the order of the secrets. */
	abstract List<String> keyIds(CookiePurpose purpose);

	/** Says and logs why, never what, and returns {@code null}. */
	final @Nullable OpenedCookie rejected(Consumer<CookieRejection> rejections, CookieRejection reason, String text) {
		logger.debug("Rejected a cookie {}: its value {}", this.cookieName, text);
		rejections.accept(reason);
		return null;
	}

}
