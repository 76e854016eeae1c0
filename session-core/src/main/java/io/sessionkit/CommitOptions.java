package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How long one commit keeps the session and its cookie alive, in place of the session's
 * own timeout and the defaults of the storage. It never exceeds the absolute timeout. The
 * next commit or renewal without options returns to the defaults. For a lasting change
 * use {@link Session#maxAge(Duration)}.
 */
public final class CommitOptions {

	private static final CommitOptions DEFAULTS = new CommitOptions(null, null, false);

	private static final CommitOptions BROWSER_SESSION = new CommitOptions(null, null, true);

	private final @Nullable Duration maxAge;

	private final @Nullable Instant expires;

	private final boolean browserSession;

	private CommitOptions(@Nullable Duration maxAge, @Nullable Instant expires, boolean browserSession) {
		this.maxAge = maxAge;
		this.expires = expires;
		this.browserSession = browserSession;
	}

	/**
	 * Returns options that override nothing.
	 * @return the options
	 */
	public static CommitOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Sets how long the session lives from now on, as the {@code Max-Age} of the cookie.
	 * @param maxAge 1 second to 68 years; fractions of a second are dropped
	 * @return the options
	 * @throws IllegalArgumentException if it is out of range
	 */
	public static CommitOptions maxAge(Duration maxAge) {
		return new CommitOptions(Lifetimes.wholeSeconds("maxAge", maxAge), null, false);
	}

	/**
	 * Sets a time at which the session and the cookie expire, as the {@code Expires} of
	 * the cookie.
	 * @param expires the time; a time in the past ends the session with this commit
	 * @return the options
	 */
	public static CommitOptions expires(Instant expires) {
		return new CommitOptions(null, Objects.requireNonNull(expires, "expires"), false);
	}

	/**
	 * Sends a cookie that the browser forgets when it closes. On the server the usual
	 * timeout of the session still applies.
	 * @return the options
	 */
	public static CommitOptions browserSession() {
		return BROWSER_SESSION;
	}

	@Nullable Duration maxAge() {
		return this.maxAge;
	}

	@Nullable Instant expires() {
		return this.expires;
	}

	boolean isBrowserSession() {
		return this.browserSession;
	}

}
