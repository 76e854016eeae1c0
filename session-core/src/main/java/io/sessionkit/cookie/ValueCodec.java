package io.sessionkit.cookie;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the value of a cookie is written. A cookie has one format and reads no other, so
 * nobody can choose a weaker one.
 */
abstract sealed class ValueCodec permits LabelledCodec, SharedCodec {

	/** The longest value that is examined, in characters. Browsers keep half of it. */
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

	/** Returns a short name of the format for log messages. */
	final String label() {
		return this.label;
	}

	/** Returns the format that the codec belongs to. */
	abstract CookieFormat format();

	/** Returns whether a secret is needed to produce a value. */
	abstract boolean isAuthentic();

	/**
	 * Returns hashes for one use under the secrets; {@code null} if there are no secrets.
	 */
	abstract @Nullable SecretHash hash(String use);

	abstract String seal(CookiePurpose purpose, byte[] payload);

	/** Reads a value without reporting why it is rejected. */
	final @Nullable OpenedCookie open(CookiePurpose purpose, String value) {
		return open(purpose, value, (reason) -> {
		});
	}

	/** Returns the payload; {@code null} if {@link #seal} did not produce the value. */
	final @Nullable OpenedCookie open(CookiePurpose purpose, String value, Consumer<CookieRejection> rejections) {
		return (value.length() > MAX_LENGTH)
				? rejected(rejections, CookieRejection.MALFORMED, "is longer than 8192 characters")
				: openText(purpose, value, rejections);
	}

	abstract @Nullable OpenedCookie openText(CookiePurpose purpose, String value, Consumer<CookieRejection> rejections);

	/** Returns the ids of the keys, in the order of the secrets. */
	abstract List<String> keyIds(CookiePurpose purpose);

	/**
	 * Reports and logs why a value is rejected, but not the value, and returns
	 * {@code null}.
	 */
	final @Nullable OpenedCookie rejected(Consumer<CookieRejection> rejections, CookieRejection reason, String text) {
		logger.debug("Rejected a cookie {}: its value {}", this.cookieName, text);
		rejections.accept(reason);
		return null;
	}

	/** Returns the exception that refuses to write a session into an unsigned cookie. */
	static IllegalStateException unsignedSession() {
		return new IllegalStateException("A session is never written into an unsigned cookie: give the cookie"
				+ " secrets with encryptedWith(...) or signedWith(...), or keep only the id in it");
	}

	/** Refuses to read a session from an unsigned cookie. */
	final @Nullable OpenedCookie rejectedUnsigned(Consumer<CookieRejection> rejections) {
		return rejected(rejections, CookieRejection.MALFORMED, "is unsigned, which is never read as a session");
	}

}
