package io.sessionkit.cookie;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How long the browser keeps a cookie: for a time, until a moment, or until it closes.
 *
 * @param maxAge whole seconds, or {@code null}
 * @param expires what counts where there is no {@code maxAge}, or {@code null}
 * @param text the attribute with its leading semicolon, or empty
 */
record CookieLife(@Nullable Duration maxAge, @Nullable Instant expires, String text) {

	static final CookieLife UNTIL_BROWSER_CLOSES = new CookieLife(null, null, "");

	private static final CookieLife OVER = new CookieLife(null, null,
			"; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");

	/** Also over, as the peers write it. */
	private static final CookieLife OVER_SHARED = new CookieLife(null, null, "; Expires=Thu, 01 Jan 1970 00:00:00 GMT");

	private static final Instant EARLIEST = Instant.parse("1601-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

	/** IMF-fixdate; the JDK's RFC_1123_DATE_TIME writes the day with one digit. */
	private static final DateTimeFormatter DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
		.withZone(ZoneOffset.UTC);

	/** Renders {@code Max-Age}, or else {@code Expires}, or else nothing. */
	static CookieLife of(@Nullable Duration maxAge, @Nullable Instant expires) {
		if (maxAge != null) {
			Duration seconds = seconds(maxAge);
			return new CookieLife(seconds, expires, "; Max-Age=" + seconds.toSeconds());
		}
		return (expires != null) ? new CookieLife(null, expires, "; Expires=" + DATE.format(checked(expires)))
				: UNTIL_BROWSER_CLOSES;
	}

	/** Of a cookie that the browser is to drop. */
	static CookieLife over(CookieFormat format) {
		return (format == CookieFormat.DEFAULT) ? OVER : OVER_SHARED;
	}

	/** Returns the moment at which a cookie that is sent now ends, or {@code null}. */
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
