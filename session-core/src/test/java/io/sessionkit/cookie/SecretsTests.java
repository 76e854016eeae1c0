package io.sessionkit.cookie;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SecretsTests {

	private static final String FIRST = "0123456789 the first secret of all";

	private static final String SECOND = "0123456789 the second secret of all";

	private static final String THIRD = "0123456789 the third secret of all";

	private static final byte[] PAYLOAD = { 1, 2, 3 };

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(ignoreLeadingAndTrailingWhitespace = false, delimiter = '|', value = { "''|is blank",
			"'                                    '|is blank", "Zu-kurz!|has 8 bytes, at least 32",
			"Zu-kurz-Zu-kurz-Zu-kurz-Zu-kurz|has 31 bytes, at least 32",
			"${SESSION_SECRET_OF_THIS_APPLICATION}|placeholder", "prefix-0123456789-${SESSION_SECRET}-x|placeholder",
			"changeme-0123456789-0123456789-0123456789|changeme", "ChangeMePlease0123456789012345678901234|changeme",
			"xXxXxXxXxXxXxXxXxXxXxXxXxXxXxXxXxX|has 2 different characters, at least 8",
			"qwertyzqwertyzqwertyzqwertyzqwertyz|has 7 different characters, at least 8",
			"'  a secret of 31 bytes, no more  '|has 29 bytes, at least 32",
			"CHANGE_ME_0123456789abcdef0123456789abcdef|changeme",
			"CHANGE-ME-0123456789abcdef0123456789abcdef|changeme",
			"please-change-me-before-going-to-production|placeholder",
			"0123456789abcdef-replace-me-0123456789abcdef|replaceme",
			"your-secret-key-here-0123456789-0123456789|yoursecret",
			"your-256-bit-secret-your-256-bit-secret-x|256bitsecret",
			"<generate with openssl rand -base64 32>|placeholder like ${...} or <...>",
			"{{ .Values.session.secret.of.the.shop }}|placeholder like ${...} or <...>",
			"$(pass show shop-session-secret.production)|placeholder like ${...} or <...>",
			"$THE_SESSION_SECRET_OF_THIS_APPLICATION|placeholder like ${...} or <...>",
			"generate with: openssl rand -base64 32 !|generatewith",
			"keyboard cat 0123456789 0123456789 01234|keyboardcat",
			"0123456789012345678901234567890123456789|repeats the same 10 characters",
			"qwertyuiopqwertyuiopqwertyuiopqwertyuiop|repeats the same 10 characters",
			"0123456789abcdef0123456789abcdef|repeats the same 16 characters",
			"0123456789abcdef0123456789abcdef0123456|repeats the same 16 characters" })
	void aWeakSecretIsRefusedWithTheReasonAndTheCommandThatMakesOneAndNeverItself(String secret, String reason) {
		for (List<String> secrets : List.of(List.of(secret), List.of(FIRST, secret))) {
			CookieConfigurationException refusal = catchThrowableOfType(CookieConfigurationException.class,
					() -> SessionCookie.builder("__session").encryptedWith(secrets));
			assertThat(refusal.option()).isEqualTo("secrets");
			assertThat(refusal).hasMessageContaining(reason)
				.hasMessageContaining("Secret " + secrets.size() + " of " + secrets.size())
				.hasMessageContaining("openssl rand -base64 32")
				.hasNoCause();
			if (!secret.isEmpty()) {
				assertThat(refusal.getMessage()).doesNotContain(secret).doesNotContain(FIRST);
			}
			assertThatExceptionOfType(CookieConfigurationException.class)
				.isThrownBy(() -> SessionCookie.builder("__session").signedWith(secrets).build())
				.withMessage(refusal.getMessage());
		}
	}

	/** Of 10 000 of each kind; the seed only makes a failure repeatable. */
	@Test
	void noRandomSecretIsRefused() {
		Random random = new Random(42);
		for (int i = 0; i < 10_000; i++) {
			byte[] bytes = new byte[32];
			random.nextBytes(bytes);
			assertThat(Secrets.of(List.of(Base64.getEncoder().encodeToString(bytes))).size()).isEqualTo(1);
			assertThat(Secrets.of(List.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))).size())
				.isEqualTo(1);
			assertThat(Secrets.of(List.of(HexFormat.of().formatHex(bytes))).size()).isEqualTo(1);
			String printable = random.ints(40, '!', '~' + 1)
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString()
				.replace("${", "$["); // which Spring would take for a placeholder anyway
			assertThat(Secrets.of(List.of(printable)).size()).isEqualTo(1);
		}
	}

	@Test
	void aSecretThatRepeatsWhatIsLongEnoughIsNotWeak() {
		String random = "kB3v9sQ0xW7mZ1nT5yR8uL2pC6dF4gHj";
		assertThat(Secrets.of(List.of(random + random)).weakness()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { FIRST + "\n", FIRST + "\r\n", " " + FIRST + " ", "\t" + FIRST })
	void whiteSpaceAroundASecretDoesNotCount(String secret) {
		String sealed = cookie(secret).seal(CookiePurpose.SESSION, PAYLOAD);
		assertThat(cookie(FIRST).open(CookiePurpose.SESSION, sealed)).isNotNull();
		OpenedCookie opened = cookie(FIRST, secret).open(CookiePurpose.SESSION, sealed);
		assertThat(opened).isNotNull();
		assertThat(opened.olderSecret()).isFalse();
		SessionCookie signed = SessionCookie.builder("__session").signedWith(secret).build();
		assertThat(SessionCookie.builder("__session")
			.signedWith(SECOND, FIRST)
			.build()
			.open(CookiePurpose.SESSION_ID, signed.seal(CookiePurpose.SESSION_ID, PAYLOAD))).isNotNull();
	}

	@Test
	void noSecretAtAllIsRefused() {
		assertThatExceptionOfType(CookieConfigurationException.class)
			.isThrownBy(() -> SessionCookie.builder("__session").encryptedWith(List.of()))
			.withMessageContaining("No secret")
			.withMessageContaining("openssl rand -base64 32");
		assertThatExceptionOfType(CookieConfigurationException.class)
			.isThrownBy(() -> SessionCookie.builder("__session").signedWith())
			.withMessageContaining("No secret");
		assertThatExceptionOfType(CookieConfigurationException.class)
			.isThrownBy(() -> SessionCookie.builder("__session").signedWith(Arrays.asList(FIRST, null)))
			.withMessageContaining("Secret 2 of 2 is blank");
	}

	@Test
	void theLengthCountsBytesOfUtf8() {
		String secret = "\u017elu\u0165ou\u010dk\u00fd k\u016f\u0148 \u00fap\u011bl \u010f\u00e1bel";
		assertThat(secret.length()).isLessThan(32);
		SessionCookie cookie = SessionCookie.builder("__session").encryptedWith(secret).build();
		assertThat(cookie.parse(pair(cookie, "dark"))).isEqualTo("dark");
	}

	@Test
	void theFirstSecretWritesAndAllRead() {
		SessionCookie old = cookie(SECOND);
		SessionCookie rotated = cookie(FIRST, SECOND, THIRD);
		OpenedCookie byFirst = rotated.open(CookiePurpose.SESSION, cookie(FIRST).seal(CookiePurpose.SESSION, PAYLOAD));
		OpenedCookie bySecond = rotated.open(CookiePurpose.SESSION, old.seal(CookiePurpose.SESSION, PAYLOAD));
		OpenedCookie byThird = rotated.open(CookiePurpose.SESSION, cookie(THIRD).seal(CookiePurpose.SESSION, PAYLOAD));
		assertThat(List.of(byFirst, bySecond, byThird)).extracting(OpenedCookie::payload).containsOnly(PAYLOAD);
		assertThat(List.of(byFirst, bySecond, byThird)).extracting(OpenedCookie::olderSecret)
			.containsExactly(false, true, true);
		String sealed = rotated.seal(CookiePurpose.SESSION, PAYLOAD);
		assertThat(cookie(FIRST).open(CookiePurpose.SESSION, sealed)).isNotNull();
		assertThat(old.open(CookiePurpose.SESSION, sealed)).isNull();
	}

	@Test
	void aSignedCookieRotatesToo() {
		SessionCookie old = SessionCookie.builder("__session").signedWith(SECOND).build();
		SessionCookie rotated = SessionCookie.builder("__session").signedWith(FIRST, SECOND).build();
		OpenedCookie opened = rotated.open(CookiePurpose.SESSION_ID, old.seal(CookiePurpose.SESSION_ID, PAYLOAD));
		assertThat(opened).isNotNull();
		assertThat(opened.olderSecret()).isTrue();
		assertThat(old.open(CookiePurpose.SESSION_ID, rotated.seal(CookiePurpose.SESSION_ID, PAYLOAD))).isNull();
	}

	@Test
	void aRemovedSecretOpensNothing() {
		String sealed = cookie(SECOND).seal(CookiePurpose.SESSION, PAYLOAD);
		assertThat(cookie(FIRST, THIRD).open(CookiePurpose.SESSION, sealed)).isNull();
	}

	@Test
	void theSameSecretTwiceCountsOnce() {
		SessionCookie cookie = cookie(FIRST, SECOND, FIRST);
		OpenedCookie opened = cookie.open(CookiePurpose.SESSION, cookie.seal(CookiePurpose.SESSION, PAYLOAD));
		assertThat(opened).isNotNull();
		assertThat(opened.olderSecret()).isFalse();
	}

	@Test
	void twoSecretsThatShareAKeyIdAreRefused() {
		String one = "two secrets share an id: number 59414";
		String other = "two secrets share an id: number 89943";
		CookieConfigurationException refusal = catchThrowableOfType(CookieConfigurationException.class,
				() -> cookie(one, other));
		assertThat(refusal.option()).isEqualTo("secrets");
		assertThat(refusal).hasMessageContaining("same key id").hasMessageContaining("openssl rand -base64 32");
		assertThat(refusal.getMessage()).doesNotContain("59414", "89943");
	}

	@Test
	void nothingThatPrintsACookieShowsASecretOrAPayload() {
		SessionCookie.Builder builder = SessionCookie.builder("__session").encryptedWith(FIRST, SECOND);
		SessionCookie cookie = builder.build();
		OpenedCookie opened = cookie.open(CookiePurpose.VALUE,
				cookie.seal(CookiePurpose.VALUE, "dark".getBytes(UTF_8)));
		assertThat(opened).hasToString("OpenedCookie[4 bytes, olderSecret=false]");
		assertThat(cookie).hasToString("SessionCookie[__session, s1; Path=/; Secure; HttpOnly; SameSite=Lax]");
		assertThat(Secrets.of(List.of(FIRST, SECOND))).hasToString("Secrets[2]");
		assertThat(builder).asString().doesNotContain("0123456789");
	}

	private static SessionCookie cookie(String... secrets) {
		return SessionCookie.builder("__session").encryptedWith(secrets).build();
	}

	private static String pair(SessionCookie cookie, String value) {
		return cookie.serialize(value).split(";", 2)[0];
	}

}
