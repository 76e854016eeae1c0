package io.sessionkit.cookie;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The formats of the peers: base64 and, if there are secrets, a dot and a signature. A
 * value does not name its key, so each secret is tried in turn. The purpose of the cookie
 * is not part of the value.
 */
final class SharedCodec extends ValueCodec {

	private static final int ID_LENGTH = 4;

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.cookie.SessionCookie");

	private final CookieFormat format;

	private final @Nullable Secrets secrets;

	private final List<SharedKey> keys;

	private final List<String> keyIds;

	/** What a peer writes as an empty value. */
	private final byte[] empty;

	private SharedCodec(CookieFormat format, String cookieName, @Nullable Secrets secrets, List<SharedKey> keys) {
		super(format.name().toLowerCase(Locale.ROOT).replace('_', '-'), cookieName);
		this.format = format;
		this.secrets = secrets;
		this.keys = keys;
		this.keyIds = (secrets != null) ? keyIds(secrets, label()) : List.of();
		this.empty = ((format == CookieFormat.REACT_ROUTER) ? "\"\"" : "").getBytes(ISO_8859_1);
	}

	/**
	 * Creates a codec, and logs a warning if a secret is too weak for the default format.
	 */
	static SharedCodec signed(CookieFormat format, String cookieName, List<String> secrets) {
		Secrets checked = Secrets.ofAnyStrength(secrets);
		if (checked.weakness() != null) {
			logger.warn("Cookie {} is shared with {}, and one of its secrets is weak: {}. Anybody who guesses it can "
					+ "forge the cookie. Configure a new first secret on both sides, made with: "
					+ "openssl rand -base64 32", cookieName, format.peer(), checked.weakness());
		}
		return new SharedCodec(format, cookieName, checked,
				new LinkedHashSet<>(secrets).stream().map(SharedKey::new).toList());
	}

	static SharedCodec unsigned(CookieFormat format, String cookieName) {
		return new SharedCodec(format, cookieName, null, List.of());
	}

	private static List<String> keyIds(Secrets secrets, String label) {
		return IntStream.range(0, secrets.size())
			.mapToObj((i) -> HexFormat.of().formatHex(secrets.derive(i, "sessionkit " + label + " id", ID_LENGTH)))
			.toList();
	}

	@Override
	CookieFormat format() {
		return this.format;
	}

	@Override
	boolean isAuthentic() {
		return !this.keys.isEmpty();
	}

	@Override
	@Nullable SecretHash hash(String use) {
		return (this.secrets != null) ? new SecretHash(use, cookieName(), this.secrets) : null;
	}

	@Override
	String seal(CookiePurpose purpose, byte[] payload) {
		if (purpose == CookiePurpose.SESSION && !isAuthentic()) {
			throw unsignedSession();
		}
		if (purpose == CookiePurpose.VALUE && Arrays.equals(payload, this.empty)) {
			return "";
		}
		byte[] text = Base64.getEncoder().encode(payload);
		String value = new String(text, ISO_8859_1);
		if (isAuthentic()) {
			value += "." + new String(this.keys.get(0).sign(text, text.length), ISO_8859_1);
		}
		return (this.format == CookieFormat.REACT_ROUTER) ? PercentCode.encode(value) : value;
	}

	@Override
	@Nullable OpenedCookie openText(CookiePurpose purpose, String value, Consumer<CookieRejection> rejections) {
		if (purpose == CookiePurpose.VALUE && value.isEmpty()) {
			return new OpenedCookie(this.empty.clone(), "", 0);
		}
		String text = (this.format == CookieFormat.REACT_ROUTER) ? PercentCode.decode(value) : value;
		if (text == null) {
			return rejected(rejections, CookieRejection.MALFORMED, "is not percent-encoded base64");
		}
		byte[] bytes = text.getBytes(ISO_8859_1);
		if (isAuthentic()) {
			return openSigned(bytes, rejections);
		}
		return (purpose == CookiePurpose.SESSION) ? rejectedUnsigned(rejections)
				: decoded(bytes, bytes.length, "", 0, rejections);
	}

	private @Nullable OpenedCookie openSigned(byte[] bytes, Consumer<CookieRejection> rejections) {
		int end = bytes.length - SharedKey.LENGTH - 1;
		if (end < 0 || bytes[end] != '.') {
			return rejected(rejections, CookieRejection.MALFORMED, "does not end with a signature");
		}
		byte[] signature = Arrays.copyOfRange(bytes, end + 1, bytes.length);
		for (int i = 0; i < this.keys.size(); i++) {
			if (MessageDigest.isEqual(this.keys.get(i).sign(bytes, end), signature)) {
				return decoded(bytes, end, this.keyIds.get(i), i, rejections);
			}
		}
		return rejected(rejections, CookieRejection.FORGED, "is not signed with a configured secret");
	}

	private @Nullable OpenedCookie decoded(byte[] bytes, int length, String keyId, int secret,
			Consumer<CookieRejection> rejections) {
		try {
			return new OpenedCookie(Base64.getDecoder().decode(Arrays.copyOf(bytes, length)), keyId, secret);
		}
		catch (IllegalArgumentException ex) {
			return rejected(rejections, CookieRejection.MALFORMED, "is not base64");
		}
	}

	@Override
	List<String> keyIds(CookiePurpose purpose) {
		return this.keyIds;
	}

}
