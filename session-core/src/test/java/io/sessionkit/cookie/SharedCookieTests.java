package io.sessionkit.cookie;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.sessionkit.cookie.InteropVectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Cookies of React Router and Remix are read, and written byte for byte. */
class SharedCookieTests {

	private static final String SECRET = "s3cret1";

	@Test
	void thereAreVectorsOfEveryLibrary() {
		assertThat(InteropVectors.all()).hasSizeGreaterThanOrEqualTo(32);
		assertThat(InteropVectors.all()).extracting((vector) -> vector.text("library"))
			.contains("react-router", "@react-router/node", "@remix-run/cookie", "@remix-run/session",
					"@remix-run/session-storage-redis");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cookies")
	void whatAPeerWroteIsReadAsItsPlainText(Vector vector) {
		OpenedCookie opened = vector.cookie().open(CookiePurpose.VALUE, vector.value());
		assertThat(opened).isNotNull();
		assertThat(new String(opened.payload(), UTF_8)).isEqualTo(plain(vector));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cookies")
	void aPlainTextIsWrittenByteForByteAsThePeerDid(Vector vector) {
		SessionCookie cookie = vector.cookie();
		if (vector.expires() != null) {
			cookie = cookie.withExpires(vector.expires());
		}
		else if ("expires".equals(vector.text("name"))) {
			cookie = cookie.withExpires(Instant.parse("2031-06-06T07:08:09Z"));
		}
		else if (vector.commitOptions().has("maxAge")) {
			cookie = cookie.withMaxAge(Duration.ofSeconds(vector.commitOptions().get("maxAge").longValue()));
		}
		String expected = vector.header();
		if (vector.text("kind").equals("cookieSessionStorage") && vector.format() == CookieFormat.REMIX) {
			expected = expected.replace("; HttpOnly", "");
		}
		if (vector.text("kind").equals("fileSessionStorage")) {
			expected = expected.replace("; Max-Age=3600", "");
		}
		if (vector.text("signedWith") != null) {
			cookie = vector.cookie(List.of(vector.text("signedWith")));
		}
		assertThat(cookie.serialize(plain(vector))).isEqualTo(expected);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cookies")
	void anUnsignedCookieIsReadAndWrittenWithoutASignature(Vector vector) {
		SessionCookie unsigned = vector.cookie(List.of());
		String value = unsigned.serialize(plain(vector)).split("[=;]", 3)[1];
		String given = vector.text("unsignedSetCookie");
		if (given != null) {
			assertThat(unsigned.serialize(plain(vector))).isEqualTo(given);
			value = given.substring(given.indexOf('=') + 1).split(";", 2)[0];
			assertThat(unsigned.parse("prefs=" + value)).isEqualTo(plain(vector));
		}
		assertThat(vector.value()).startsWith(value);
	}

	static Stream<Vector> cookies() {
		return InteropVectors.all()
			.stream()
			.filter((vector) -> vector.text("setCookie") != null && !"destroy".equals(vector.text("name")));
	}

	/** In React Router an id is JSON too. */
	private static String plain(Vector vector) {
		String plain = vector.text("plainValue");
		return (vector.text("id") != null && vector.format() == CookieFormat.REACT_ROUTER) ? "\"" + plain + "\""
				: plain;
	}

	@Test
	void aCookieIsDeletedAsThePeerDoesIt() {
		Vector destroy = InteropVectors.all()
			.stream()
			.filter((vector) -> "destroy".equals(vector.text("name")))
			.findAny()
			.orElseThrow();
		assertThat(destroy.cookie().expire()).isEqualTo(destroy.text("setCookie"));
		assertThat(remix().expire())
			.isEqualTo("__session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Path=/; SameSite=Lax; Secure");
	}

	@Test
	void theForgedVectorOpensNothing() {
		Vector tampered = InteropVectors.all()
			.stream()
			.filter((vector) -> "tampered".equals(vector.text("name")))
			.findAny()
			.orElseThrow();
		assertThat(tampered.cookie().parse(tampered.text("cookieHeader"))).isNull();
	}

	@Test
	void reactRouterIsReadRawToo() {
		SessionCookie cookie = reactRouter();
		String value = cookie.seal(CookiePurpose.SESSION, "{\"a\":\"???>>>\"}".getBytes(UTF_8));
		String raw = value.replace("%3D", "=").replace("%2B", "+").replace("%2F", "/");
		assertThat(value).contains("%");
		assertThat(cookie.open(CookiePurpose.SESSION, raw)).isNotNull();
		assertThat(remix().open(CookiePurpose.SESSION, raw)).isNotNull();
		assertThat(remix().open(CookiePurpose.SESSION, value)).isNull();
	}

	@Test
	void secretsBeyondAsciiSignTheirUtf8() {
		SessionCookie cookie = SessionCookie.builder("__session")
			.format(CookieFormat.REMIX)
			.signedWith("h\u00e9sl\u00f3 \ud83d\ude00")
			.build();
		assertThat(cookie.serialize("hello"))
			.startsWith("__session=aGVsbG8=.nleTnW/lfNvpBd+wbdQntStPh/fULpxoLBCn2BSgcwk;");
	}

	@Test
	void theFirstSecretWritesAndAllRead() {
		SessionCookie old = SessionCookie.builder("a").format(CookieFormat.REMIX).signedWith("old").build();
		SessionCookie rotated = SessionCookie.builder("a").format(CookieFormat.REMIX).signedWith("new", "old").build();
		OpenedCookie opened = rotated.open(CookiePurpose.SESSION, old.seal(CookiePurpose.SESSION, new byte[] { 1 }));
		assertThat(opened).isNotNull();
		assertThat(opened.olderSecret()).isTrue();
		assertThat(rotated.keyIds(CookiePurpose.SESSION)).hasSize(2).contains(opened.keyId()).doesNotHaveDuplicates();
		assertThat(old.open(CookiePurpose.SESSION, rotated.seal(CookiePurpose.SESSION, new byte[] { 1 }))).isNull();
	}

	@Test
	void aWeakSecretIsAWarningOnTheWireOfAPeerAndARefusalOnOurOwn() {
		try (CapturedLog log = new CapturedLog()) {
			reactRouter();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("Secret 1 of 1 has 7 bytes", "React Router", "openssl rand -base64 32")
				.doesNotContain(SECRET);
		}
		assertThatExceptionOfType(CookieConfigurationException.class)
			.isThrownBy(() -> SessionCookie.builder("a").signedWith(SECRET).build())
			.withMessageContaining("has 7 bytes");
		for (String none : List.of("", " ", "${SECRET}", "changeme")) {
			assertThatExceptionOfType(CookieConfigurationException.class)
				.isThrownBy(() -> SessionCookie.builder("a").format(CookieFormat.REMIX).signedWith(none));
		}
	}

	@Test
	void aCookieOfAPeerIsNeverEncrypted() {
		assertThatExceptionOfType(CookieConfigurationException.class)
			.isThrownBy(() -> SessionCookie.builder("a")
				.encryptedWith("0123456789 a secret for the tests")
				.format(CookieFormat.REACT_ROUTER)
				.build())
			.withMessageContaining("React Router cannot be encrypted")
			.satisfies((refusal) -> assertThat(refusal.option()).isEqualTo("secrets"));
		assertThat(reactRouter().isEncrypted()).isFalse();
		assertThat(reactRouter().isSigned()).isTrue();
	}

	@Test
	void aSessionIsNeitherWrittenIntoNorReadFromAnUnsignedCookie() {
		SessionCookie unsigned = SessionCookie.builder("a").format(CookieFormat.REACT_ROUTER).build();
		assertThat(unsigned.isSigned()).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> unsigned.seal(CookiePurpose.SESSION, new byte[1]));
		assertThat(unsigned.open(CookiePurpose.SESSION, "e30%3D")).isNull();
		assertThat(unsigned.open(CookiePurpose.SESSION_ID, "e30%3D")).isNotNull();
		assertThat(unsigned.open(CookiePurpose.SESSION_ID, "e30%3D.")).isNull();
	}

	@Test
	void nothingThatPrintsTheCookieShowsASecret() {
		assertThat(reactRouter())
			.hasToString("SessionCookie[__session, react-router; Path=/; HttpOnly; Secure; " + "SameSite=Lax]");
		assertThat(remix().withMaxAge(Duration.ofSeconds(60)))
			.hasToString("SessionCookie[__session, remix; HttpOnly; Max-Age=60; Path=/; SameSite=Lax; Secure]");
	}

	private static SessionCookie reactRouter() {
		return SessionCookie.builder("__session").format(CookieFormat.REACT_ROUTER).signedWith(SECRET).build();
	}

	private static SessionCookie remix() {
		return SessionCookie.builder("__session").format(CookieFormat.REMIX).signedWith(SECRET).build();
	}

}
