package io.sessionkit.cookie;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CookieLogTests {

	private static final String SECRET = "0123456789 a secret for the tests";

	private static final Instant MOMENT = Instant.parse("2030-01-02T03:04:05Z");

	@Test
	void aSafeCookieLogsNothing() {
		try (CapturedLog log = new CapturedLog()) {
			SessionCookie cookie = SessionCookie.builder("__session").encryptedWith(SECRET).build();
			assertThat(cookie.parse(cookie.serialize("dark"))).isEqualTo("dark");
			assertThat(log.size()).isZero();
		}
	}

	@Test
	void anUnsignedCookieWarnsOnceWhenItIsBuilt() {
		try (CapturedLog log = new CapturedLog()) {
			SessionCookie cookie = SessionCookie.builder("theme").build();
			cookie.withMaxAge(Duration.ofDays(1)).parse(cookie.serialize("dark"));
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("theme", "unsigned");
			assertThat(log.size()).isOne();
		}
	}

	@Test
	void aFixedExpiryWarnsOnceWhenTheCookieIsBuilt() {
		try (CapturedLog log = new CapturedLog()) {
			SessionCookie cookie = SessionCookie.builder("__session").encryptedWith(SECRET).expires(MOMENT).build();
			cookie.serialize("dark");
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("__session", "2030-01-02T03:04:05Z", "max-age");
		}
	}

	@Test
	void anExpiryForOneCallOrOneThatAMaxAgeOverridesDoesNotWarn() {
		try (CapturedLog log = new CapturedLog()) {
			SessionCookie.Builder builder = SessionCookie.builder("__session").encryptedWith(SECRET);
			builder.build().withExpires(MOMENT);
			builder.expires(MOMENT).maxAge(Duration.ofDays(1)).build();
			assertThat(log.size()).isZero();
		}
	}

	@Test
	void aRejectedCookieIsOneDebugLineWithTheReasonAndNeverTheValue() {
		SessionCookie cookie = SessionCookie.builder("__session").encryptedWith(SECRET).build();
		String sealed = cookie.seal(CookiePurpose.VALUE, new byte[40]);
		assertRejected(cookie, "s1." + "A".repeat(8190), "longer than 8192");
		assertRejected(cookie, sealed.replace("s1.", "i1."), "does not start with s1.");
		assertRejected(cookie, sealed + "=", "not canonical base64url");
		assertRejected(cookie, "s1.AQAA", "too short");
		assertRejected(cookie, "s1.Ag" + sealed.substring(5), "unknown version");
		assertRejected(cookie, "s1.AQAAAAA" + sealed.substring(10), "unknown key id 00000000");
		assertRejected(cookie, sealed.substring(0, sealed.length() - 4) + "AAAA", "not authentic");
	}

	@Test
	void anUnsignedSessionIsRejectedWithItsReason() {
		assertRejected(SessionCookie.builder("__session").build(), CookiePurpose.SESSION, "u1.AAAA",
				"unsigned, which is never read as a session");
	}

	private static void assertRejected(SessionCookie cookie, String value, String reason) {
		assertRejected(cookie, CookiePurpose.VALUE, value, reason);
	}

	private static void assertRejected(SessionCookie cookie, CookiePurpose purpose, String value, String reason) {
		try (CapturedLog log = new CapturedLog()) {
			assertThat(cookie.open(purpose, value)).isNull();
			List<String> lines = log.messages(Level.DEBUG);
			assertThat(lines).singleElement()
				.asString()
				.contains("__session", reason)
				.doesNotContain(value.substring(3));
			assertThat(log.size()).isOne();
		}
	}

}
