package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How long one commit makes the session and its cookie live, in place of the session's
 * own life and the storage's defaults. The absolute timeout caps it, and the next commit
 * or renewal without options returns to the defaults; for a life that stays, use
 * {@link Session#maxAge(Duration)}.
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
	 * No overrides.
	 * @return the options of a commit without any
	 */
	public static CommitOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * A life from now on, as {@code Max-Age} of the cookie.
	 * @param maxAge at least one second; fractions of a second are dropped
	 * @return the options
	 * @throws IllegalArgumentException if it is shorter than a second
	 */
	public static CommitOptions maxAge(Duration maxAge) {
		return new CommitOptions(Lifetimes.wholeSeconds("maxAge", maxAge), null, false);
	}

	/**
	 * A moment at which session and cookie end, as {@code Expires} of the cookie.
	 * @param expires the moment; one in the past ends the session with this commit
	 * @return the options
	 */
	public static CommitOptions expires(Instant expires) {
		return new CommitOptions(null, Objects.requireNonNull(expires, "expires"), false);
	}

	/**
	 * A cookie that the browser forgets when it closes; the session itself keeps its
	 * usual life on the server.
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
