package io.sessionkit.cookie;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The options of {@link SessionCookie.Builder} that become attributes, with their
 * defaults.
 */
abstract sealed class CookieOptions extends CookieProtection permits SessionCookie.Builder {

	private String path = "/";

	private @Nullable String domain;

	private boolean httpOnly = true;

	private boolean secure = true;

	private SameSite sameSite = SameSite.LAX;

	private boolean partitioned;

	private @Nullable Duration maxAge;

	private @Nullable Instant expires;

	/**
	 * Sends the cookie under this path only (RFC 6265, section 5.1.4); default {@code /}.
	 */
	public SessionCookie.Builder path(String path) {
		this.path = path;
		return builder();
	}

	/**
	 * Sends the cookie to this host and all below it (RFC 6265, section 5.1.3); a leading
	 * dot is dropped. Default: to the host alone that set it.
	 */
	public SessionCookie.Builder domain(String domain) {
		this.domain = domain;
		return builder();
	}

	/**
	 * Hides the cookie from scripts (RFC 6265, section 4.1.2.6); default {@code true}.
	 */
	public SessionCookie.Builder httpOnly(boolean httpOnly) {
		this.httpOnly = httpOnly;
		return builder();
	}

	/**
	 * Sends the cookie over https only, and to localhost (RFC 6265, section 4.1.2.5);
	 * default {@code true}.
	 */
	public SessionCookie.Builder secure(boolean secure) {
		this.secure = secure;
		return builder();
	}

	/** With which requests of other sites it is sent; default {@link SameSite#LAX}. */
	public SessionCookie.Builder sameSite(SameSite sameSite) {
		this.sameSite = sameSite;
		return builder();
	}

	/** Keeps a cookie of its own per embedding site (CHIPS); default {@code false}. */
	public SessionCookie.Builder partitioned(boolean partitioned) {
		this.partitioned = partitioned;
		return builder();
	}

	/**
	 * Keeps the cookie this long, a fraction of a second dropped (RFC 6265, section
	 * 4.1.2.2); overrides {@link #expires(Instant)}. Default: until the browser closes.
	 * Less than a second or more than 68 years is refused by
	 * {@link SessionCookie.Builder#build()}.
	 */
	public SessionCookie.Builder maxAge(Duration maxAge) {
		this.maxAge = maxAge;
		return builder();
	}

	/**
	 * Keeps the cookie until one moment, the same for all users (RFC 6265, section
	 * 4.1.2.1). {@link #maxAge(Duration)} is nearly always what is meant. Default: none.
	 */
	public SessionCookie.Builder expires(Instant expires) {
		this.expires = expires;
		return builder();
	}

	CookieAttributes attributes() {
		return new CookieAttributes(this.path, this.domain, this.secure, this.httpOnly, this.sameSite,
				this.partitioned);
	}

	CookieLife life() {
		return CookieLife.of(this.maxAge, this.expires);
	}

}
