package io.sessionkit.cookie;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A cookie without a value: its name, its attributes, and the secrets that protect its
 * values. Immutable and thread-safe, so one instance can be shared. <pre>{@code
 * SessionCookie cookie = SessionCookie.builder("__session").encryptedWith(secrets).build();
 * response.addHeader("Set-Cookie", cookie.serialize("dark"));
 * String theme = cookie.parse(request.getHeader("Cookie")); // null: no valid cookie
 * }</pre> By default a cookie has the attributes
 * {@code Path=/; Secure; HttpOnly; SameSite=Lax} and no {@code Domain}, and it lasts
 * until the browser closes.
 */
public final class SessionCookie {

	/**
	 * The size that every browser accepts, in bytes, of name, value and attributes
	 * together (RFC 6265, section 6.1).
	 */
	public static final int MAX_BYTES = 4096;

	/**
	 * More cookies than any browser keeps for one site, so that planted cookies cannot
	 * hide the right one, however many there are.
	 */
	private static final int MAX_EXAMINED = 200;

	/**
	 * Many proxies accept 4 KB of headers in a response and otherwise report an error.
	 */
	private static final int MAX_VARIANT_BYTES = 3 * 1024;

	private static final Logger logger = LoggerFactory.getLogger(SessionCookie.class);

	private final String name;

	private final ValueCodec codec;

	private final CookieAttributes attributes;

	private final AttributeText text;

	private final CookieLife life;

	private final InstantSource clock;

	private SessionCookie(String name, ValueCodec codec, CookieAttributes attributes, AttributeText text,
			CookieLife life, InstantSource clock) {
		this.name = name;
		this.codec = codec;
		this.attributes = attributes;
		this.text = text;
		this.life = life;
		this.clock = clock;
	}

	/**
	 * Starts to build a cookie.
	 * @param name the name, a token as in RFC 6265, section 4.1.1, with at most 256
	 * characters
	 * @return a new builder
	 */
	public static Builder builder(String name) {
		return new Builder(name);
	}

	/**
	 * {@return the name of the cookie}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * {@return whether values are authenticated, because they are signed or encrypted}
	 */
	public boolean isSigned() {
		return this.codec.isAuthentic();
	}

	/**
	 * {@return whether values are encrypted, which also authenticates them}
	 */
	public boolean isEncrypted() {
		return this.codec.label().equals(AuthenticatedCodec.ENCRYPTED);
	}

	/**
	 * {@return the format in which values are written and read}
	 */
	public CookieFormat format() {
		return this.codec.format();
	}

	/**
	 * {@return whether the cookie has the attribute {@code Secure}}
	 */
	public boolean isSecure() {
		return this.attributes.secure();
	}

	/**
	 * Returns how long the browser keeps the cookie.
	 * @return the {@code Max-Age} in whole seconds, or {@code null} if the cookie lasts
	 * until {@link #expires()}, or until the browser closes if that is {@code null} too
	 */
	public @Nullable Duration maxAge() {
		return this.life.maxAge();
	}

	/**
	 * Returns when a cookie that is sent now expires in the browser.
	 * @return now plus {@link #maxAge()}, or else the fixed time of the builder, or else
	 * {@code null} if the cookie lasts until the browser closes
	 */
	public @Nullable Instant expires() {
		return this.life.end(this.clock);
	}

	/**
	 * Returns this cookie with another lifetime, which replaces the present one.
	 * @param maxAge 1 second to 68 years; a fraction of a second is dropped
	 * @return the new cookie
	 * @throws CookieConfigurationException if it is out of range
	 */
	public SessionCookie withMaxAge(Duration maxAge) {
		return with(CookieLife.of(maxAge, null));
	}

	/**
	 * Returns this cookie with a fixed expiry, which replaces the present lifetime.
	 * @param expires a time in the years 1601 to 9999
	 * @return the new cookie
	 * @throws CookieConfigurationException if it is out of range
	 */
	public SessionCookie withExpires(Instant expires) {
		return with(CookieLife.of(null, expires));
	}

	/**
	 * Returns this cookie with neither a {@code Max-Age} nor an {@code Expires}.
	 * @return the new cookie
	 */
	public SessionCookie untilBrowserCloses() {
		return with(CookieLife.UNTIL_BROWSER_CLOSES);
	}

	/**
	 * Returns the text that {@link #serialize(String)} wrote into a cookie. The value
	 * does not contain its expiry: only the browser observes {@link #maxAge()}. In the
	 * format of a peer an empty cookie value is an empty text, as it is there.
	 * @param cookieHeader the {@code Cookie} header; {@code null} if there is none
	 * @return the text of the first authentic cookie of this name, or {@code null} if
	 * there is none
	 */
	public @Nullable String parse(@Nullable String cookieHeader) {
		for (String value : values(cookieHeader)) {
			OpenedCookie opened = open(CookiePurpose.VALUE, value);
			if (opened != null) {
				return new String(opened.payload(), UTF_8);
			}
		}
		return null;
	}

	/**
	 * Returns the {@code Set-Cookie} header for a text.
	 * @param value the text; in the format {@link CookieFormat#REACT_ROUTER} it must be
	 * JSON
	 * @return the value of the header
	 * @throws IllegalArgumentException if the header exceeds {@link #MAX_BYTES}, or the
	 * text contains an unpaired surrogate
	 */
	public String serialize(String value) {
		byte[] payload = value.getBytes(UTF_8);
		if (!new String(payload, UTF_8).equals(value)) {
			throw new IllegalArgumentException(
					"The value contains an unpaired surrogate, so it cannot be encoded as UTF-8");
		}
		String header = header(seal(CookiePurpose.VALUE, payload));
		if (header.length() > MAX_BYTES) {
			throw new IllegalArgumentException("The cookie " + this.name + " would have " + header.length()
					+ " bytes (name, value and attributes), but browsers keep at most " + MAX_BYTES
					+ "; store less in it");
		}
		return header;
	}

	/**
	 * Returns the {@code Set-Cookie} header that deletes the cookie, by an
	 * {@code Expires} of 1970.
	 * @return the value of the header
	 */
	public String expire() {
		return with(CookieLife.over(format())).header("");
	}

	/**
	 * Returns {@code Set-Cookie} headers that delete other cookies of this name, which
	 * were set with another path or domain, for example before a change of the
	 * configuration. They do not delete this cookie itself.
	 *
	 * <p>
	 * They cover the paths {@code /}, the path of this cookie, and the path of the
	 * request with the first three of its parent paths, for the host alone and for every
	 * domain that it is in, as far as all headers together take no more than 3 KB.
	 * @param host the host of the request, without a port
	 * @param requestPath the path of the request
	 * @return the values of the headers; empty for a name that starts with
	 * {@code __Host-}, because there is only one such cookie
	 */
	public List<String> expireVariants(String host, String requestPath) {
		List<String> headers = new ArrayList<>();
		int room = MAX_VARIANT_BYTES;
		for (CookieAttributes variant : this.attributes.variants(this.name, host, requestPath)) {
			CookieLife over = CookieLife.over(format());
			AttributeText variantText = AttributeText.of(variant, format());
			String header = this.name + "=" + variantText.before(over) + over.text() + variantText.after(over);
			if (header.length() <= room) {
				headers.add(header);
				room -= header.length();
			}
		}
		return headers;
	}

	/**
	 * Returns the raw values of the cookies with this name, in the order of the header
	 * (RFC 6265, section 5.4). Double quotes around a value are removed. Only the first
	 * 200 are returned, which is more than any browser keeps for one site.
	 * @param cookieHeader the {@code Cookie} header; {@code null} if there is none
	 * @return the values, neither decrypted nor verified
	 */
	public List<String> values(@Nullable String cookieHeader) {
		return CookieHeader.values(cookieHeader, this.name, MAX_EXAMINED);
	}

	/**
	 * Encrypts or signs a payload. Only {@link #open} with the same purpose, cookie name
	 * and secret returns the payload again. In the format of a peer only the secret has
	 * to be the same. The length of the result is not checked.
	 * @param purpose what the value is used for
	 * @param payload the content; for {@link CookieFormat#REACT_ROUTER} JSON in UTF-8
	 * @return the value of the cookie
	 * @throws IllegalStateException for {@link CookiePurpose#SESSION} in an unsigned
	 * cookie
	 */
	public String seal(CookiePurpose purpose, byte[] payload) {
		return this.codec.seal(purpose, payload);
	}

	/**
	 * Verifies and decrypts a value that {@link #seal} returned. Never throws an
	 * exception, whatever the value is.
	 * @param purpose what the value is used for
	 * @param value the value of a cookie
	 * @return the content, or {@code null} if the value is malformed or not authentic,
	 * has another cookie name, purpose, format or version, or a secret that is not
	 * configured
	 */
	public @Nullable OpenedCookie open(CookiePurpose purpose, String value) {
		return this.codec.open(purpose, value);
	}

	/**
	 * Does the same as {@link #open(CookiePurpose, String)}, and reports why it returns
	 * {@code null}.
	 * @param purpose what the value is used for
	 * @param value the value of a cookie
	 * @param rejections called once with the reason if the value is rejected
	 * @return the content, or {@code null} if the value is rejected
	 */
	public @Nullable OpenedCookie open(CookiePurpose purpose, String value, Consumer<CookieRejection> rejections) {
		return this.codec.open(purpose, value, rejections);
	}

	/**
	 * Returns the ids of the keys that are used for a purpose. In the format of a peer
	 * they are the same for every purpose.
	 * @param purpose the purpose
	 * @return 8 hexadecimal digits for each secret, in the order of the secrets; empty
	 * for an unsigned cookie
	 */
	public List<String> keyIds(CookiePurpose purpose) {
		return this.codec.keyIds(purpose);
	}

	/**
	 * Returns the {@code Set-Cookie} header for a value that {@link #seal} returned. The
	 * length of the header is not checked.
	 * @param sealedValue the value of the cookie
	 * @return the value of the header
	 * @throws IllegalArgumentException if the value contains a character that a cookie
	 * cannot have (RFC 6265, section 4.1.1)
	 */
	public String header(String sealedValue) {
		CookieHeader.requireValue(sealedValue);
		return this.name + "=" + sealedValue + this.text.before(this.life) + this.life.text()
				+ this.text.after(this.life);
	}

	/**
	 * Returns a hash function with keys that are derived from the secrets of this cookie.
	 * It is the same whether the cookie is signed or encrypted.
	 * @param use what the hashes are used for; each use has its own keys
	 * @return the hash function, or {@code null} if the cookie is unsigned
	 */
	public @Nullable SecretHash hash(String use) {
		return this.codec.hash(use);
	}

	/** Returns the name, the kind of protection and the attributes, never a secret. */
	@Override
	public String toString() {
		return "SessionCookie[" + this.name + ", " + this.codec.label() + this.text.before(this.life) + this.life.text()
				+ this.text.after(this.life) + "]";
	}

	private SessionCookie with(CookieLife life) {
		return new SessionCookie(this.name, this.codec, this.attributes, this.text, life, this.clock);
	}

	/** Builds a {@link SessionCookie}. */
	public static final class Builder {

		private final String name;

		private @Nullable Secrets encrypting;

		private @Nullable List<String> signing;

		private CookieFormat format = CookieFormat.DEFAULT;

		private String path = "/";

		private @Nullable String domain;

		private boolean httpOnly = true;

		private boolean secure = true;

		private SameSite sameSite = SameSite.LAX;

		private boolean partitioned;

		private @Nullable Duration maxAge;

		private @Nullable Instant expires;

		private InstantSource clock = InstantSource.system();

		private Builder(String name) {
			this.name = name;
		}

		/**
		 * Encrypts values with XAES-256-GCM. The first secret is used for writing, and
		 * all of them for reading.
		 * @param secrets the secrets; white space around them is ignored
		 * @return this builder
		 * @throws CookieConfigurationException if there is no secret, or if one is blank,
		 * is a placeholder, has fewer than 32 bytes in UTF-8, has fewer than 8 different
		 * characters, or repeats fewer than 32 characters
		 */
		public Builder encryptedWith(List<String> secrets) {
			this.encrypting = Secrets.of(secrets);
			return this;
		}

		/**
		 * Encrypts values as {@link #encryptedWith(List)} does.
		 * @param secrets the secrets; white space around them is ignored
		 * @return this builder
		 * @throws CookieConfigurationException if there is no secret or one is too weak
		 */
		public Builder encryptedWith(String... secrets) {
			return encryptedWith(Arrays.asList(secrets));
		}

		/**
		 * Signs values with HMAC-SHA-256. Anybody can read them. The first secret is used
		 * for writing, and all of them for reading.
		 *
		 * <p>
		 * A secret that is too weak for {@link #encryptedWith(List)} is refused by
		 * {@link #build()}. In the format of a peer it causes a warning instead, and
		 * white space around it is part of the secret.
		 * @param secrets the secrets
		 * @return this builder
		 * @throws CookieConfigurationException if there is no secret, or if one is blank
		 * or a placeholder
		 */
		public Builder signedWith(List<String> secrets) {
			Secrets.ofAnyStrength(secrets);
			this.signing = List.copyOf(secrets);
			return this;
		}

		/**
		 * Signs values as {@link #signedWith(List)} does.
		 * @param secrets the secrets
		 * @return this builder
		 * @throws CookieConfigurationException if there is no secret, or if one is blank
		 * or a placeholder
		 */
		public Builder signedWith(String... secrets) {
			return signedWith(Arrays.asList(secrets));
		}

		/**
		 * Sets the format in which values are written and read. The format of a peer can
		 * be signed but not encrypted.
		 * @param format the format; defaults to {@link CookieFormat#DEFAULT}
		 * @return this builder
		 */
		public Builder format(CookieFormat format) {
			this.format = format;
			return this;
		}

		/**
		 * Sets the path to which browsers send the cookie (RFC 6265, section 5.1.4).
		 * @param path a path that starts with {@code /}; defaults to {@code /}
		 * @return this builder
		 */
		public Builder path(String path) {
			this.path = path;
			return this;
		}

		/**
		 * Sets the domain to which browsers send the cookie, together with all hosts
		 * below it (RFC 6265, section 5.1.3).
		 * @param domain a host name; a leading dot is dropped. By default the cookie is
		 * sent only to the host that set it
		 * @return this builder
		 */
		public Builder domain(String domain) {
			this.domain = domain;
			return this;
		}

		/**
		 * Hides the cookie from scripts (RFC 6265, section 4.1.2.6).
		 * @param httpOnly {@code false} lets scripts read the cookie; defaults to
		 * {@code true}
		 * @return this builder
		 */
		public Builder httpOnly(boolean httpOnly) {
			this.httpOnly = httpOnly;
			return this;
		}

		/**
		 * Restricts the cookie to HTTPS and to localhost (RFC 6265, section 4.1.2.5).
		 * @param secure {@code false} also sends the cookie over plain HTTP; defaults to
		 * {@code true}
		 * @return this builder
		 */
		public Builder secure(boolean secure) {
			this.secure = secure;
			return this;
		}

		/**
		 * Sets with which cross-site requests browsers send the cookie.
		 * @param sameSite the attribute; defaults to {@link SameSite#LAX}
		 * @return this builder
		 */
		public Builder sameSite(SameSite sameSite) {
			this.sameSite = sameSite;
			return this;
		}

		/**
		 * Gives the page a separate cookie for each site that embeds it (CHIPS).
		 * @param partitioned {@code true} adds the attribute {@code Partitioned};
		 * defaults to {@code false}
		 * @return this builder
		 */
		public Builder partitioned(boolean partitioned) {
			this.partitioned = partitioned;
			return this;
		}

		/**
		 * Sets how long browsers keep the cookie (RFC 6265, section 4.1.2.2). Takes
		 * precedence over {@link #expires(Instant)}.
		 * @param maxAge 1 second to 68 years, which {@link #build()} checks; a fraction
		 * of a second is dropped. By default the cookie lasts until the browser closes
		 * @return this builder
		 */
		public Builder maxAge(Duration maxAge) {
			this.maxAge = maxAge;
			return this;
		}

		/**
		 * Sets a fixed time at which browsers delete the cookie, the same for all users
		 * (RFC 6265, section 4.1.2.1). In most cases {@link #maxAge(Duration)} is what
		 * you need.
		 * @param expires a time in the years 1601 to 9999, which {@link #build()} checks;
		 * by default there is none
		 * @return this builder
		 */
		public Builder expires(Instant expires) {
			this.expires = expires;
			return this;
		}

		/**
		 * Sets the clock for {@link SessionCookie#expires()}.
		 * @param clock the clock; defaults to the system clock
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Builds the cookie. Logs a warning if it is unsigned or has a fixed
		 * {@code expires}.
		 * @return the cookie
		 * @throws CookieConfigurationException if browsers would reject the cookie, or if
		 * the secrets do not fit the format
		 */
		public SessionCookie build() {
			CookieAttributes attributes = new CookieAttributes(this.path, this.domain, this.secure, this.httpOnly,
					this.sameSite, this.partitioned);
			AttributeText text = attributes.render(this.name, this.format);
			CookieLife life = CookieLife.of(this.maxAge, this.expires);
			ValueCodec codec = codec();
			if (life.maxAge() == null && life.expires() != null) {
				logger.warn(
						"Cookie {} expires at {} for all users, and that time is fixed until the application restarts. "
								+ "Prefer a max-age.",
						this.name, life.expires());
			}
			return new SessionCookie(this.name, codec, attributes, text, life, this.clock);
		}

		/**
		 * Chooses the codec by the format and the secrets. Logs a warning if there are no
		 * secrets.
		 * @throws CookieConfigurationException if secrets and format contradict each
		 * other
		 */
		private ValueCodec codec() {
			if (this.encrypting != null && this.format != CookieFormat.DEFAULT) {
				throw new CookieConfigurationException("secrets", "A cookie that is shared with " + this.format.peer()
						+ " cannot be encrypted: give its secrets to signedWith, or use the default format");
			}
			if (this.encrypting != null && this.signing != null) {
				throw new CookieConfigurationException("secrets",
						"A cookie is either encrypted or signed: encryption authenticates too, so leave signedWith out");
			}
			if (this.encrypting != null) {
				return AuthenticatedCodec.encrypted(this.name, this.encrypting);
			}
			if (this.signing == null) {
				logger.warn(
						"Cookie {} is unsigned, so anybody can forge its value. Configure secrets to encrypt or sign it.",
						this.name);
				return (this.format == CookieFormat.DEFAULT) ? new UnsignedCodec(this.name)
						: SharedCodec.unsigned(this.format, this.name);
			}
			return (this.format == CookieFormat.DEFAULT)
					? AuthenticatedCodec.signed(this.name, Secrets.of(this.signing))
					: SharedCodec.signed(this.format, this.name, this.signing);
		}

	}

}
