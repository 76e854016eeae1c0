package io.sessionkit.cookie;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
			"qwertyzqwertyzqwertyzqwertyzqwertyz|has 7 different characters, at least 8" })
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
