package io.sessionkit.cookie;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How long the browser keeps a cookie: for a period, until a fixed time, or until the
 * browser closes.
 *
 * @param maxAge the period in whole seconds; {@code null} for none
 * @param expires the time that applies if there is no {@code maxAge}; {@code null} for
 * none
 * @param text the attribute with a leading semicolon; empty if there is neither
 */
record CookieLife(@Nullable Duration maxAge, @Nullable Instant expires, String text) {

	static final CookieLife UNTIL_BROWSER_CLOSES = new CookieLife(null, null, "");

	private static final CookieLife OVER = new CookieLife(null, null,
			"; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");

	/** Deletes the cookie, as the peers write it. */
	private static final CookieLife OVER_SHARED = new CookieLife(null, null, "; Expires=Thu, 01 Jan 1970 00:00:00 GMT");

	private static final Instant EARLIEST = Instant.parse("1601-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

	/**
	 * IMF-fixdate. {@code RFC_1123_DATE_TIME} of the JDK may write the day with one
	 * digit.
	 */
	private static final DateTimeFormatter DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
		.withZone(ZoneOffset.UTC);

	/**
	 * Renders {@code Max-Age} if it is given, or else {@code Expires}, or else nothing.
	 */
	static CookieLife of(@Nullable Duration maxAge, @Nullable Instant expires) {
		if (maxAge != null) {
			Duration seconds = seconds(maxAge);
			return new CookieLife(seconds, expires, "; Max-Age=" + seconds.toSeconds());
		}
		return (expires != null) ? new CookieLife(null, expires, "; Expires=" + DATE.format(checked(expires)))
				: UNTIL_BROWSER_CLOSES;
	}

	/** Returns the lifetime that makes the browser delete the cookie. */
	static CookieLife over(CookieFormat format) {
		return (format == CookieFormat.DEFAULT) ? OVER : OVER_SHARED;
	}

	/**
	 * Returns when a cookie that is sent now expires; {@code null} if it does so when the
	 * browser closes.
	 */
	@Nullable Instant end(InstantSource clock) {
		return (this.maxAge != null) ? clock.instant().plus(this.maxAge) : this.expires;
	}

	private static Duration seconds(Duration maxAge) {
		long seconds = maxAge.toSeconds();
		if (seconds < 1 || seconds > Integer.MAX_VALUE) {
			throw new CookieConfigurationException("max-age",
					"The max-age of " + maxAge + " is not between 1 second and " + Integer.MAX_VALUE
							+ " seconds; leave it out for a cookie that ends when the browser closes");
		}
		return Duration.ofSeconds(seconds);
	}

	private static Instant checked(Instant expires) {
		if (expires.isBefore(EARLIEST) || expires.isAfter(LATEST)) {
			throw new CookieConfigurationException("expires", "Browsers do not read the expiry " + expires
					+ ": give one between the years 1601 and 9999, or better a max-age");
		}
		return expires;
	}

}
