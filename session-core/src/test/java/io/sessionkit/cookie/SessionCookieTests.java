package io.sessionkit.cookie;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SessionCookieTests {

	private static final String SECRET = "0123456789 a secret for the tests";

	private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");

	private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

	static final SessionCookie ENCRYPTED = SessionCookie.builder("__session").encryptedWith(SECRET).build();

	static final SessionCookie SIGNED = SessionCookie.builder("__session").signedWith(SECRET).build();

	static final SessionCookie UNSIGNED = SessionCookie.builder("__session").build();

	static final List<SessionCookie> COOKIES = List.of(ENCRYPTED, SIGNED, UNSIGNED);

	@ParameterizedTest
	@FieldSource("COOKIES")
	void whatIsSerializedIsParsed(SessionCookie cookie) {
		for (String value : List.of("", "dark",
				"{\"a\": [1, 2]}; \"\u017elu\u0165ou\u010dk\u00fd\" \ud83d\ude00\u0000")) {
			String header = cookie.serialize(value);
			assertThat(header).startsWith("__session=").endsWith(ATTRIBUTES);
			assertThat(cookie.parse("other=1; " + header.split(";", 2)[0] + "; more=2")).isEqualTo(value);
		}
	}

	@Property
	void anyTextComesBack(@ForAll @StringLength(max = 500) String text) {
		String value = text.codePoints()
			.map((point) -> (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) ? '?' : point)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
		for (SessionCookie cookie : COOKIES) {
			assertThat(cookie.parse(cookie.serialize(value).split(";", 2)[0])).isEqualTo(value);
		}
	}

	@Property
	void anyPayloadComesBack(@ForAll byte[] payload, @ForAll CookiePurpose purpose) {
		for (SessionCookie cookie : List.of(ENCRYPTED, SIGNED)) {
			OpenedCookie opened = cookie.open(purpose, cookie.seal(purpose, payload));
			assertThat(opened).isNotNull();
			assertThat(opened.payload()).isEqualTo(payload);
		}
	}

	@Test
	void halfASurrogatePairIsNoText() {
		assertThatIllegalArgumentException().isThrownBy(() -> ENCRYPTED.serialize("a\ud83d"))
			.withMessageContaining("surrogate");
	}

	@Test
	void protectionIsWhatWasAskedFor() {
		assertThat(COOKIES).extracting(SessionCookie::isSigned).containsExactly(true, true, false);
		assertThat(COOKIES).extracting(SessionCookie::isEncrypted).containsExactly(true, false, false);
		assertThat(COOKIES).extracting((cookie) -> cookie.seal(CookiePurpose.VALUE, new byte[0]).substring(0, 3))
			.containsExactly("s1.", "i1.", "u1.");
		assertThat(ENCRYPTED.name()).isEqualTo("__session");
	}

	@Test
	void anEncryptedValueHidesItsTextAndASignedOneDoesNot() {
		String base64 = Base64Url.encode("a long enough text".getBytes(UTF_8));
		assertThat(UNSIGNED.serialize("a long enough text")).contains(base64);
		assertThat(SIGNED.serialize("xa long enough text")).contains(base64);
		assertThat(ENCRYPTED.serialize("a long enough text")).doesNotContain(base64.substring(4, 12));
	}

	@Test
	void anUnsignedCookieNeverCarriesASession() {
		assertThatIllegalStateException().isThrownBy(() -> UNSIGNED.seal(CookiePurpose.SESSION, new byte[1]))
			.withMessageContaining("encryptedWith");
		assertThat(UNSIGNED.open(CookiePurpose.SESSION, "u1.AAAA")).isNull();
		OpenedCookie id = UNSIGNED.open(CookiePurpose.SESSION_ID, "u1.AAAA");
		assertThat(id).isNotNull();
		assertThat(id.payload()).isEqualTo(new byte[3]);
		assertThat(id.olderSecret()).isFalse();
		assertThat(UNSIGNED.open(CookiePurpose.SESSION_ID, "u1.AAB")).isNull();
	}

	@ParameterizedTest
	@FieldSource("COOKIES")
	void aCookieOf4096BytesIsWrittenAndALongerOneIsRefusedWithItsSize(SessionCookie cookie) {
		String value = "";
		int length = cookie.serialize(value).length();
		while (length < SessionCookie.MAX_BYTES) {
			value += "x".repeat(Math.max(1, (SessionCookie.MAX_BYTES - length) / 4 * 3));
			length = cookie.header(cookie.seal(CookiePurpose.VALUE, new byte[value.length()])).length();
		}
		if (length == SessionCookie.MAX_BYTES) {
			assertThat(cookie.serialize(value)).hasSize(4096);
			value += "x";
		}
		String tooLong = value;
		assertThat(cookie.serialize(value.substring(1)).length()).isBetween(4093, 4096);
		assertThatIllegalArgumentException().isThrownBy(() -> cookie.serialize(tooLong))
			.withMessageContaining("__session")
			.withMessageMatching("(?s).* would have 409[78] bytes .*4096.*");
	}

	@Test
	void theDeletionCookieIsEmptyOverAndFindsTheOneThatItDeletes() {
		assertThat(ENCRYPTED.expire())
			.isEqualTo("__session=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT" + ATTRIBUTES);
		SessionCookie shop = SessionCookie.builder("__Secure-shop")
			.signedWith(SECRET)
			.path("/shop")
			.domain("example.com")
			.sameSite(SameSite.NONE)
			.partitioned(true)
			.maxAge(Duration.ofDays(30))
			.build();
		assertThat(shop.expire())
			.isEqualTo("__Secure-shop=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/shop;"
					+ " Domain=example.com; Secure; HttpOnly; SameSite=None; Partitioned");
	}

	@Test
	void aMaxAgeEndsThatLongFromNow() {
		SessionCookie cookie = SessionCookie.builder("__session")
			.encryptedWith(SECRET)
			.maxAge(Duration.ofMillis(60_700))
			.expires(NOW.plusSeconds(5))
			.clock(() -> NOW)
			.build();
		assertThat(cookie.maxAge()).isEqualTo(Duration.ofSeconds(60));
		assertThat(cookie.expires()).as("max age overrides expires").isEqualTo(NOW.plusSeconds(60));
		assertThat(cookie.header("x")).isEqualTo("__session=x; Max-Age=60" + ATTRIBUTES);
	}

	@Test
	void aFixedExpiryIsWhereTheCookieEnds() {
		SessionCookie cookie = SessionCookie.builder("__session")
			.encryptedWith(SECRET)
			.expires(NOW.plusSeconds(5))
			.clock(() -> NOW)
			.build();
		assertThat(cookie.maxAge()).isNull();
		assertThat(cookie.expires()).isEqualTo(NOW.plusSeconds(5));
		assertThat(cookie.header("x")).isEqualTo("__session=x; Expires=Wed, 02 Jan 2030 03:04:10 GMT" + ATTRIBUTES);
	}

	@Test
	void oneCallCanHaveALifeOfItsOwn() {
		SessionCookie cookie = SessionCookie.builder("__session")
			.encryptedWith(SECRET)
			.maxAge(Duration.ofHours(1))
			.clock(() -> NOW)
			.build();
		SessionCookie longer = cookie.withMaxAge(Duration.ofDays(30));
		assertThat(longer.expires()).isEqualTo(NOW.plus(Duration.ofDays(30)));
		assertThat(longer.header("x")).isEqualTo("__session=x; Max-Age=2592000" + ATTRIBUTES);
		SessionCookie fixed = cookie.withExpires(NOW);
		assertThat(fixed.maxAge()).isNull();
		assertThat(fixed.expires()).isEqualTo(NOW);
		assertThat(fixed.header("x")).isEqualTo("__session=x; Expires=Wed, 02 Jan 2030 03:04:05 GMT" + ATTRIBUTES);
		SessionCookie session = longer.untilBrowserCloses();
		assertThat(session.expires()).isNull();
		assertThat(session.header("x")).isEqualTo("__session=x" + ATTRIBUTES);
		assertThat(cookie.header("x")).as("the cookie itself").isEqualTo("__session=x; Max-Age=3600" + ATTRIBUTES);
		assertThat(cookie.parse(longer.serialize("dark").split(";", 2)[0])).isEqualTo("dark");
	}

	@Test
	void aLifeForOneCallIsCheckedToo() {
		assertThatIllegalArgumentException().isThrownBy(() -> ENCRYPTED.withMaxAge(Duration.ZERO))
			.withMessageContaining("PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> ENCRYPTED.withExpires(Instant.MAX));
	}

}
