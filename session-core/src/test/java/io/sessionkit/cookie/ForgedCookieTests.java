package io.sessionkit.cookie;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A value that we did not seal for this very use opens nothing. */
class ForgedCookieTests {

	private static final String SECRET = "0123456789 a secret for the tests";

	private static final byte[] PAYLOAD = "{\"userId\":\"42\"}".getBytes(UTF_8);

	static final SessionCookie ENCRYPTED = SessionCookie.builder("__session").encryptedWith(SECRET).build();

	static final SessionCookie SIGNED = SessionCookie.builder("__session").signedWith(SECRET).build();

	static final List<SessionCookie> COOKIES = List.of(ENCRYPTED, SIGNED);

	@ParameterizedTest
	@FieldSource("COOKIES")
	void whatWasSealedOpens(SessionCookie cookie) {
		for (CookiePurpose purpose : CookiePurpose.values()) {
			OpenedCookie opened = cookie.open(purpose, cookie.seal(purpose, PAYLOAD));
			assertThat(opened).isNotNull();
			assertThat(opened.payload()).isEqualTo(PAYLOAD);
		}
	}

	@ParameterizedTest
	@FieldSource("COOKIES")
	void anyFlippedBitOfTheBytesIsNoticed(SessionCookie cookie) {
		String value = cookie.seal(CookiePurpose.SESSION, PAYLOAD);
		byte[] bytes = decode(value);
		for (int bit = 0; bit < bytes.length * 8; bit++) {
			bytes[bit / 8] ^= (byte) (1 << (bit % 8));
			assertThat(cookie.open(CookiePurpose.SESSION, encode(value, bytes))).as("bit %d", bit).isNull();
			bytes[bit / 8] ^= (byte) (1 << (bit % 8));
		}
		assertThat(cookie.open(CookiePurpose.SESSION, encode(value, bytes))).isNotNull();
	}

	@ParameterizedTest
	@FieldSource("COOKIES")
	void anyFlippedBitOfTheTextIsNoticed(SessionCookie cookie) {
		for (int extra = 0; extra < 3; extra++) {
			String value = cookie.seal(CookiePurpose.SESSION, new byte[20 + extra]);
			for (int bit = 0; bit < value.length() * 16; bit++) {
				char[] text = value.toCharArray();
				text[bit / 16] ^= (char) (1 << (bit % 16));
				assertThat(cookie.open(CookiePurpose.SESSION, new String(text))).as("bit %d", bit).isNull();
			}
		}
	}

	@ParameterizedTest
	@FieldSource("COOKIES")
	void aValueTruncatedAtAnyLengthOpensNothing(SessionCookie cookie) {
		String value = cookie.seal(CookiePurpose.SESSION, PAYLOAD);
		byte[] bytes = decode(value);
		for (int length = 0; length < value.length(); length++) {
			assertThat(cookie.open(CookiePurpose.SESSION, value.substring(0, length))).isNull();
			assertThat(cookie.open(CookiePurpose.SESSION, value.substring(length + 1))).isNull();
		}
		for (int length = 0; length < bytes.length; length++) {
			assertThat(cookie.open(CookiePurpose.SESSION, encode(value, Arrays.copyOf(bytes, length)))).isNull();
		}
	}

	@ParameterizedTest
	@FieldSource("COOKIES")
	void aLengthenedValueOpensNothing(SessionCookie cookie) {
		String value = cookie.seal(CookiePurpose.SESSION, PAYLOAD);
		byte[] bytes = decode(value);
		assertThat(cookie.open(CookiePurpose.SESSION, encode(value, Arrays.copyOf(bytes, bytes.length + 1)))).isNull();
		for (String tail : List.of("A", "AAAA", "=", "==", " ", ";", "\u0000", ".AAAA")) {
			assertThat(cookie.open(CookiePurpose.SESSION, value + tail)).isNull();
		}
	}

	@ParameterizedTest
	@FieldSource("COOKIES")
	void aValueOfOnePurposeIsNeverTakenForAnother(SessionCookie cookie) {
		for (CookiePurpose sealed : CookiePurpose.values()) {
			String value = cookie.seal(sealed, PAYLOAD);
			for (CookiePurpose opened : CookiePurpose.values()) {
				assertThat(cookie.open(opened, value) != null).isEqualTo(sealed == opened);
			}
		}
	}

	@Test
	void aValueOfAnotherCookieNameOpensNothing() {
		SessionCookie encrypted = SessionCookie.builder("__sessio").encryptedWith(SECRET).build();
		SessionCookie signed = SessionCookie.builder("__sessio").signedWith(SECRET).build();
		for (CookiePurpose purpose : CookiePurpose.values()) {
			assertThat(ENCRYPTED.open(purpose, encrypted.seal(purpose, PAYLOAD))).isNull();
			assertThat(SIGNED.open(purpose, signed.seal(purpose, PAYLOAD))).isNull();
		}
	}

	@Test
	void aCookieReadsItsOwnFormatOnly() {
		SessionCookie unsigned = SessionCookie.builder("__session").build();
		List<SessionCookie> cookies = List.of(ENCRYPTED, SIGNED, unsigned);
		for (SessionCookie writer : cookies) {
			String value = writer.seal(CookiePurpose.SESSION_ID, PAYLOAD);
			for (SessionCookie reader : cookies) {
				assertThat(reader.open(CookiePurpose.SESSION_ID, value) != null).isEqualTo(reader == writer);
				if (reader != writer) {
					String relabelled = reader.seal(CookiePurpose.SESSION_ID, PAYLOAD).substring(0, 3)
							+ value.substring(3);
					assertThat(reader.isSigned() && reader.open(CookiePurpose.SESSION_ID, relabelled) != null)
						.isFalse();
				}
			}
		}
	}

	@ParameterizedTest
	@FieldSource("COOKIES")
	void anUnknownVersionOpensNothing(SessionCookie cookie) {
		String value = cookie.seal(CookiePurpose.SESSION, PAYLOAD);
		byte[] bytes = decode(value);
		for (int version = 0; version < 256; version++) {
			bytes[0] = (byte) version;
			assertThat(cookie.open(CookiePurpose.SESSION, encode(value, bytes)) != null).isEqualTo(version == 1);
		}
		String label = value.substring(0, 1);
		assertThat(cookie.open(CookiePurpose.SESSION, label + "2" + value.substring(2))).isNull();
	}

	@Test
	void anUnknownKeyIdIsRefusedBeforeAnyCipherOrMacRuns() {
		AtomicInteger runs = new AtomicInteger();
		SealingKey.Factory counting = (key, context, head) -> new SealingKey() {

			private final SealingKey counted = new SigningKey(key, context, head);

			@Override
			public int overhead() {
				return this.counted.overhead();
			}

			@Override
			public void seal(byte[] payload, byte[] output, int offset) {
				this.counted.seal(payload, output, offset);
			}

			@Override
			public byte[] open(byte[] sealed, int offset) {
				runs.incrementAndGet();
				return this.counted.open(sealed, offset);
			}

		};
		ValueCodec format = new AuthenticatedCodec("i1", "__session", Secrets.of(List.of(SECRET, SECRET + " older")),
				counting);
		String value = format.seal(CookiePurpose.SESSION, PAYLOAD);
		byte[] bytes = decode(value);
		bytes[1] ^= 1;
		assertThat(format.open(CookiePurpose.SESSION, encode(value, bytes))).isNull();
		assertThat(format.open(CookiePurpose.SESSION_ID, value)).isNull();
		assertThat(runs).hasValue(0);
		assertThat(format.open(CookiePurpose.SESSION, value)).isNotNull();
		assertThat(runs).as("one look-up, never a trial").hasValue(1);
	}

	@ParameterizedTest
	@FieldSource("COOKIES")
	void aValueOfMoreThan8192CharactersIsNotEvenDecoded(SessionCookie cookie) {
		int overhead = cookie.seal(CookiePurpose.SESSION, new byte[0]).length();
		int fits = (8192 - overhead) / 4 * 3 - 3;
		assertThat(cookie.open(CookiePurpose.SESSION, cookie.seal(CookiePurpose.SESSION, new byte[fits]))).isNotNull();
		String tooLong = cookie.seal(CookiePurpose.SESSION, new byte[fits + 9]);
		assertThat(tooLong).hasSizeGreaterThan(8192);
		assertThat(cookie.open(CookiePurpose.SESSION, tooLong)).isNull();
	}

	@ParameterizedTest
	@FieldSource("COOKIES")
	void junkOpensNothing(SessionCookie cookie) {
		String label = cookie.seal(CookiePurpose.SESSION, PAYLOAD).substring(0, 3);
		for (String junk : List.of("", ".", label, label + "AQ", "s1", "i1", "u1.", "deleted", "{\"userId\":\"42\"}",
				"eyJ1c2VySWQiOiI0MiJ9.", label + "\u00ff\u0080", label + "%3D", label + "AQAA\ud83d\ude00",
				label + "\ud83d\ude00AQ", label + "AQ\ud83d",

				label.toUpperCase(Locale.ROOT) + "AQAAAAA")) {
			assertThat(cookie.open(CookiePurpose.SESSION, junk)).as(junk).isNull();
		}
	}

	@Test
	void everySealUsesANonceOfItsOwn() {
		assertThat(Stream.generate(() -> ENCRYPTED.seal(CookiePurpose.SESSION, PAYLOAD)).limit(1000))
			.doesNotHaveDuplicates();
	}

	private static byte[] decode(String value) {
		return Base64.getUrlDecoder().decode(value.substring(3));
	}

	private static String encode(String value, byte[] bytes) {
		return value.substring(0, 3) + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
