package io.sessionkit.cookie;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the value of one cookie is written. A cookie has one format and reads no other, so
 * that nobody can choose a weaker one.
 */
abstract sealed class ValueCodec permits LabelledCodec, SharedCodec {

	/** The longest value that is looked at; a browser keeps half of it. */
	static final int MAX_LENGTH = 8192;

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.cookie.SessionCookie");

	private final String label;

	private final String cookieName;

	ValueCodec(String label, String cookieName) {
		this.label = label;
		this.cookieName = cookieName;
	}

	final String cookieName() {
		return this.cookieName;
	}

	/** Returns a short name of the format, for people. */
	final String label() {
		return this.label;
	}

	/** Returns the format that the codec belongs to. */
	abstract CookieFormat format();

	/** Whether nobody without a secret can make a value. */
	abstract boolean isAuthentic();

	/**
	 * Returns hashes for one use under the secrets; {@code null} where there are none.
	 */
	abstract @Nullable SecretHash hash(String use);

	abstract String seal(CookiePurpose purpose, byte[] payload);

	/** Opens a value where nobody wants to hear why one is rejected. */
	final @Nullable OpenedCookie open(CookiePurpose purpose, String value) {
		return open(purpose, value, (reason) -> {
		});
	}

	/**
	 * Returns the payload, or {@code null} for anything that {@link #seal} did not make.
	 */
	final @Nullable OpenedCookie open(CookiePurpose purpose, String value, Consumer<CookieRejection> rejections) {
		return (value.length() > MAX_LENGTH)
				? rejected(rejections, CookieRejection.MALFORMED, "longer than 8192 characters")
				: openText(purpose, value, rejections);
	}

	abstract @Nullable OpenedCookie openText(CookiePurpose purpose, String value, Consumer<CookieRejection> rejections);

	/** Returns the ids of the keys, in the order of the secrets. */
	abstract List<String> keyIds(CookiePurpose purpose);

	/** Says and logs why, never what, and returns {@code null}. */
	final @Nullable OpenedCookie rejected(Consumer<CookieRejection> rejections, CookieRejection reason, String text) {
		logger.debug("Rejected a cookie {}: its value {}", this.cookieName, text);
		rejections.accept(reason);
		return null;
	}

	/** The refusal to hold a session where anybody could have made it. */
	static IllegalStateException unsignedSession() {
		return new IllegalStateException("A session is never written into an unsigned cookie: give the cookie"
				+ " secrets with encryptedWith(...) or signedWith(...), or keep only the id in it");
	}

	/** The same on the way in. */
	final @Nullable OpenedCookie rejectedUnsigned(Consumer<CookieRejection> rejections) {
		return rejected(rejections, CookieRejection.MALFORMED, "is unsigned, which is never read as a session");
	}

}
