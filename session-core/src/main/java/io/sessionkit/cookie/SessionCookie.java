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
 * A cookie as a container: its name, its attributes, and the secrets that protect its
 * value. Immutable and thread-safe; make one and share it. <pre>{@code
 * SessionCookie cookie = SessionCookie.builder("__session").encryptedWith(secrets).build();
 * response.addHeader("Set-Cookie", cookie.serialize("dark"));
 * String theme = cookie.parse(request.getHeader("Cookie")); // null: none that is ours
 * }</pre> Unless the builder says otherwise:
 * {@code Path=/; Secure; HttpOnly; SameSite=Lax}, no {@code Domain}, until the browser
 * closes.
 */
public final class SessionCookie {

	/** How many bytes in all a browser must accept (RFC 6265, section 6.1). */
	public static final int MAX_BYTES = 4096;

	/**
	 * More than any browser keeps of one site, so that no number of planted cookies hides
	 * the right one.
	 */
	private static final int MAX_EXAMINED = 200;

	/** Many proxies take 4 KB for all headers of a response, and fail it otherwise. */
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

	/** Begins a cookie of this name, a token as in RFC 6265, section 4.1.1. */
	public static Builder builder(String name) {
		return new Builder(name);
	}

	/** Returns the name. */
	public String name() {
		return this.name;
	}

	/** Whether values are authenticated at all, that is signed or encrypted. */
	public boolean isSigned() {
		return this.codec.isAuthentic();
	}

	/** Whether values are encrypted, and by that authenticated too. */
	public boolean isEncrypted() {
		return this.codec.label().equals(AuthenticatedCodec.ENCRYPTED);
	}

	/** Returns the format by which values are written and read. */
	public CookieFormat format() {
		return this.codec.format();
	}

	/** Whether the cookie has the attribute {@code Secure}. */
	public boolean isSecure() {
		return this.attributes.secure();
	}

	/**
	 * Returns the life in whole seconds; {@code null}: until {@link #expires()}, or until
	 * the browser closes where that is {@code null} too.
	 */
	public @Nullable Duration maxAge() {
		return this.life.maxAge();
	}

	/**
	 * Returns when a cookie that is sent now ends: now plus {@link #maxAge()}, else the
	 * fixed moment, else {@code null} (when the browser closes).
	 */
	public @Nullable Instant expires() {
		return this.life.end(this.clock);
	}

	/**
	 * Returns this cookie with another life, in place of the one it has.
	 * @throws CookieConfigurationException if it is under a second or over 68 years
	 */
	public SessionCookie withMaxAge(Duration maxAge) {
		return with(CookieLife.of(maxAge, null));
	}

	/** Returns this cookie with a fixed end, of a year from 1601 to 9999, as its life. */
	public SessionCookie withExpires(Instant expires) {
		return with(CookieLife.of(null, expires));
	}

	/** Returns this cookie with neither a {@code Max-Age} nor an {@code Expires}. */
	public SessionCookie untilBrowserCloses() {
		return with(CookieLife.UNTIL_BROWSER_CLOSES);
	}

	/**
	 * Returns the text that {@link #serialize(String)} put into a cookie. In the format
	 * of a peer an empty cookie is an empty text, as it is there. The text has no end
	 * inside: {@link #maxAge()} binds the browser only.
	 * @param cookieHeader the {@code Cookie} header; {@code null}: none
	 * @return the first cookie of this name that is authentic, or {@code null}
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
	 * Returns the whole {@code Set-Cookie} header for a text; in the format
	 * {@link CookieFormat#REACT_ROUTER} for JSON.
	 * @throws IllegalArgumentException if that exceeds {@link #MAX_BYTES}, or the text
	 * has half a surrogate pair
	 */
	public String serialize(String value) {
		byte[] payload = value.getBytes(UTF_8);
		if (!new String(payload, UTF_8).equals(value)) {
			throw new IllegalArgumentException("The value has half a surrogate pair, which is no text");
		}
		String header = header(seal(CookiePurpose.VALUE, payload));
		if (header.length() > MAX_BYTES) {
			throw new IllegalArgumentException("The cookie " + this.name + " would have " + header.length()
					+ " bytes (name, value and attributes), browsers keep at most " + MAX_BYTES + ": put less into it");
		}
		return header;
	}

	/** Returns the {@code Set-Cookie} header that deletes the cookie, over since 1970. */
	public String expire() {
		return with(CookieLife.over(format())).header("");
	}

	/**
	 * Returns the {@code Set-Cookie} headers that delete cookies of this name which were
	 * set with another path or domain, as after a change of the settings: under
	 * {@code /}, this cookie's path, and the path of the request with its first three
	 * beginnings, for the host alone and for each domain it is in, as many as take 3 KB
	 * in all. They do not delete this cookie itself.
	 * @param host the host of the request, without a port
	 * @param requestPath the path of the request
	 * @return empty for a name that begins with {@code __Host-}, of which there is one
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
	 * Returns the values of the cookies of this name, not opened, in the order of the
	 * header (RFC 6265, section 5.4), double quotes around them removed. Of more than 200
	 * the first 200: no browser keeps as many of one site.
	 * @param cookieHeader the {@code Cookie} header; {@code null}: none
	 */
	public List<String> values(@Nullable String cookieHeader) {
		return CookieHeader.values(cookieHeader, this.name, MAX_EXAMINED);
	}

	/**
	 * Returns the value of a cookie that only {@link #open} with the same purpose, cookie
	 * name and secret turns back into the payload; in the format of a peer the secret
	 * alone. Its length is not checked.
	 * @throws IllegalStateException for {@link CookiePurpose#SESSION} in an unsigned
	 * cookie
	 */
	public String seal(CookiePurpose purpose, byte[] payload) {
		return this.codec.seal(purpose, payload);
	}

	/**
	 * Opens a value that {@link #seal} made. Never throws, whatever the value is.
	 * @return {@code null} if it is malformed, not authentic, of another name, purpose,
	 * format or version, or of a secret that is not configured
	 */
	public @Nullable OpenedCookie open(CookiePurpose purpose, String value) {
		return this.codec.open(purpose, value);
	}

	/** Does the same, and says why where it returns {@code null}. */
	public @Nullable OpenedCookie open(CookiePurpose purpose, String value, Consumer<CookieRejection> rejections) {
		return this.codec.open(purpose, value, rejections);
	}

	/** Returns the ids of the keys, 8 hexadecimal digits each, one per secret. */
	public List<String> keyIds(CookiePurpose purpose) {
		return this.codec.keyIds(purpose);
	}

	/**
	 * Returns the whole {@code Set-Cookie} header for a value from {@link #seal}. Its
	 * length is not checked.
	 * @throws IllegalArgumentException if a character can't be in a cookie (RFC 6265,
	 * section 4.1.1)
	 */
	public String header(String sealedValue) {
		CookieHeader.requireValue(sealedValue);
		return this.name + "=" + sealedValue + this.text.before(this.life) + this.life.text()
				+ this.text.after(this.life);
	}

	/**
	 * Returns hashes under keys that are derived from the secrets for one use; the same
	 * for signing and encrypting. {@code null}: the cookie is unsigned.
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

	/**
	 * The options of a cookie; see {@link SessionCookie} for what holds without them.
	 */
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
		 * Encrypts values by XAES-256-GCM. The first secret writes, all read. White space
		 * around a secret does not count.
		 * @throws CookieConfigurationException if there is none, or one is blank, under
		 * 32 bytes of UTF-8, a placeholder, of fewer than 8 different characters, or a
		 * repetition of fewer than 32
		 */
		public Builder encryptedWith(List<String> secrets) {
			this.encrypting = Secrets.of(secrets);
			return this;
		}

		/** As {@link #encryptedWith(List)}. */
		public Builder encryptedWith(String... secrets) {
			return encryptedWith(Arrays.asList(secrets));
		}

		/**
		 * Signs values by HMAC-SHA-256; everybody can read them. The first secret writes,
		 * all read. That one is weak, by the measure of {@link #encryptedWith(List)}, is
		 * refused by {@link #build()}, or a warning in the format of a peer, which signs
		 * with the white space around a secret too.
		 * @throws CookieConfigurationException if there is none, or one is blank or a
		 * placeholder
		 */
		public Builder signedWith(List<String> secrets) {
			Secrets.ofAnyStrength(secrets);
			this.signing = List.copyOf(secrets);
			return this;
		}

		/** As {@link #signedWith(List)}. */
		public Builder signedWith(String... secrets) {
			return signedWith(Arrays.asList(secrets));
		}

		/**
		 * Writes and reads the cookie of a peer, which is signed and never encrypted;
		 * default {@link CookieFormat#DEFAULT}, our own.
		 */
		public Builder format(CookieFormat format) {
			this.format = format;
			return this;
		}

		/**
		 * Sends the cookie under this path only (RFC 6265, section 5.1.4); default
		 * {@code /}.
		 */
		public Builder path(String path) {
			this.path = path;
			return this;
		}

		/**
		 * Sends the cookie to this host and all below it (RFC 6265, section 5.1.3); a
		 * leading dot is dropped. Default: to the host alone that set it.
		 */
		public Builder domain(String domain) {
			this.domain = domain;
			return this;
		}

		/**
		 * Hides the cookie from scripts (RFC 6265, section 4.1.2.6); default
		 * {@code true}.
		 */
		public Builder httpOnly(boolean httpOnly) {
			this.httpOnly = httpOnly;
			return this;
		}

		/**
		 * Sends the cookie over https only, and to localhost (RFC 6265, section 4.1.2.5);
		 * default {@code true}.
		 */
		public Builder secure(boolean secure) {
			this.secure = secure;
			return this;
		}

		/**
		 * With which requests of other sites it is sent; default {@link SameSite#LAX}.
		 */
		public Builder sameSite(SameSite sameSite) {
			this.sameSite = sameSite;
			return this;
		}

		/**
		 * Keeps a cookie of its own per embedding site (CHIPS); default {@code false}.
		 */
		public Builder partitioned(boolean partitioned) {
			this.partitioned = partitioned;
			return this;
		}

		/**
		 * Keeps the cookie this long, a fraction of a second dropped (RFC 6265, section
		 * 4.1.2.2); overrides {@link #expires(Instant)}. Default: until the browser
		 * closes. Less than a second or more than 68 years is refused by
		 * {@link #build()}.
		 */
		public Builder maxAge(Duration maxAge) {
			this.maxAge = maxAge;
			return this;
		}

		/**
		 * Keeps the cookie until one moment, the same for all users (RFC 6265, section
		 * 4.1.2.1). {@link #maxAge(Duration)} is nearly always what is meant. Default:
		 * none.
		 */
		public Builder expires(Instant expires) {
			this.expires = expires;
			return this;
		}

		/** What {@link SessionCookie#expires()} takes for now; default: the system's. */
		public Builder clock(InstantSource clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Makes the cookie; warns if it is unsigned or has a fixed {@code expires}.
		 * @throws CookieConfigurationException if browsers would refuse it, or secrets
		 * and format do not go together
		 */
		public SessionCookie build() {
			CookieAttributes attributes = new CookieAttributes(this.path, this.domain, this.secure, this.httpOnly,
					this.sameSite, this.partitioned);
			AttributeText text = attributes.render(this.name, this.format);
			CookieLife life = CookieLife.of(this.maxAge, this.expires);
			ValueCodec codec = codec();
			if (life.maxAge() == null && life.expires() != null) {
				logger.warn("Cookie {} expires at {} for all users, until the next start: prefer a max-age.", this.name,
						life.expires());
			}
			return new SessionCookie(this.name, codec, attributes, text, life, this.clock);
		}

		/**
		 * Picks the codec by the format and the secrets that are there; warns where there
		 * are none.
		 * @throws CookieConfigurationException if they contradict each other
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
						"Cookie {} is unsigned: anybody can make its values. Give it secrets to encrypt or sign with.",
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
