package io.sessionkit.cookie;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CookieAttributesTests {

	private static final String SECRET = "0123456789 a secret for the tests";

	@Test
	void theDefaultsAreSafe() {
		SessionCookie cookie = encrypted("__session").build();
		assertThat(cookie.header("x")).isEqualTo("__session=x; Path=/; Secure; HttpOnly; SameSite=Lax");
		assertThat(cookie.isSecure()).isTrue();
		assertThat(cookie.maxAge()).isNull();
		assertThat(cookie.expires()).isNull();
	}

	@Test
	void everyAttributeIsRendered() {
		SessionCookie cookie = encrypted("id").path("/shop")
			.domain("example.com")
			.maxAge(Duration.ofMillis(90_999))
			.sameSite(SameSite.NONE)
			.partitioned(true)
			.build();
		assertThat(cookie.header("x")).isEqualTo(
				"id=x; Max-Age=90; Path=/shop; Domain=example.com; Secure; HttpOnly; SameSite=None; Partitioned");
	}

	@Test
	void anAttributeThatDoesNotExistIsRefused() {
		CookieAttributes attributes = new CookieAttributes("/", null, true, true, SameSite.LAX, false);
		assertThatIllegalArgumentException().isThrownBy(() -> attributes.text("Same-Site"))
			.withMessageContaining("no cookie attribute Same-Site");
		for (CookieFormat format : CookieFormat.values()) {
			assertThat(format.attributes()).hasSize(8).allSatisfy(attributes::text);
		}
	}

	@Test
	void everyAttributeCanBeLeftOut() {
		SessionCookie cookie = encrypted("id").secure(false).httpOnly(false).sameSite(SameSite.STRICT).build();
		assertThat(cookie.header("x")).isEqualTo("id=x; Path=/; SameSite=Strict");
		assertThat(cookie.isSecure()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "2030-01-02T03:04:05.678Z|Wed, 02 Jan 2030 03:04:05 GMT",
			"2029-09-30T23:59:59Z|Sun, 30 Sep 2029 23:59:59 GMT", "1601-01-01T00:00:00Z|Mon, 01 Jan 1601 00:00:00 GMT",
			"9999-12-31T23:59:59Z|Fri, 31 Dec 9999 23:59:59 GMT" })
	void aFixedExpiryIsRenderedAsInRfc7231(Instant expires, String expected) {
		assertThat(encrypted("id").expires(expires).build().header("x"))
			.isEqualTo("id=x; Expires=" + expected + "; Path=/; Secure; HttpOnly; SameSite=Lax");
	}

	@ParameterizedTest
	@CsvSource({ ".example.com, example.com", "a.b-c.example, a.b-c.example", "localhost, localhost",
			"xn--bcher-kva.example, xn--bcher-kva.example", "127.0.0.1, 127.0.0.1" })
	void aHostNameIsADomain(String domain, String rendered) {
		assertThat(encrypted("id").domain(domain).build().header("x")).contains("; Domain=" + rendered + ";");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..example.com", "example..com", "example.com.", "-example.com", "example-.com",
			"https://example.com", "example.com:8080", "example.com/path", "exa mple.com", "example.com; Path=/x",
			"b\u00fccher.example", "example.com\r\n" })
	void anythingElseIsNoDomain(String domain) {
		assertRefused("domain", (builder) -> builder.domain(domain), "host name");
	}

	@Test
	void aDomainHasLabelsOf63AndAtMost253Characters() {
		String label = "a".repeat(63);
		String longest = label + "." + label + "." + label + "." + "a".repeat(61);
		assertThat(encrypted("id").domain(longest).build().header("x")).contains(longest);
		assertRefused("domain", (builder) -> builder.domain(longest + "a"), "host name");
		assertRefused("domain", (builder) -> builder.domain(label + "a.example"), "host name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "shop", "/a;b", "/a\nb", "/a\u0000", "/\u017elu\u0165", "/a\u007f" })
	void aPathThatABrowserWouldMisreadIsRefused(String path) {
		assertRefused("path", (builder) -> builder.path(path), "path");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a=b", "a;b", "a,b", "\"a\"", "a\tb", "a\r\nSet-Cookie:", "\u017elut",
			"a\u007f", "a/b", "a[0]", "(a)" })
	void aNameIsAToken(String name) {
		CookieConfigurationException refusal = catchThrowableOfType(CookieConfigurationException.class,
				() -> encrypted(name).build());
		assertThat(refusal.option()).isEqualTo("name");
	}

	@Test
	void aNameHasAtMost256Characters() {
		assertThat(encrypted("a".repeat(256)).build().name()).hasSize(256);
		CookieConfigurationException refusal = catchThrowableOfType(CookieConfigurationException.class,
				() -> encrypted("a".repeat(257)).build());
		assertThat(refusal).hasMessageContaining("257");
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-id", "__host-id", "__HOST-id" })
	void aHostNameNeedsSecureThePathSlashAndNoDomain(String name) {
		assertThat(encrypted(name).build().header("x")).startsWith(name + "=x; Path=/; Secure");
		assertRefused(name, "secure", (builder) -> builder.secure(false), "set secure to true");
		assertRefused(name, "path", (builder) -> builder.path("/shop"), "set path to /");
		assertRefused(name, "domain", (builder) -> builder.domain("example.com"), "leave domain out");
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Secure-id", "__secure-id" })
	void aSecureNameNeedsSecure(String name) {
		assertThat(encrypted(name).path("/shop").domain("example.com").build().header("x")).contains("Secure");
		assertRefused(name, "secure", (builder) -> builder.secure(false), "set secure to true");
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Http-id", "__http-id", "__Host-Http-id", "__HOST-HTTP-id" })
	void anHttpNameNeedsSecureAndHttpOnly(String name) {
		assertThat(encrypted(name).build().header("x")).startsWith(name + "=x; Path=/; Secure; HttpOnly");
		assertRefused(name, "secure", (builder) -> builder.secure(false), "set secure to true");
		assertRefused(name, "http-only", (builder) -> builder.httpOnly(false), "set http-only to true");
	}

	@Test
	void aHostHttpNameNeedsThePathSlashAndNoDomainToo() {
		assertRefused("__Host-Http-id", "path", (builder) -> builder.path("/shop"), "set path to /");
		assertRefused("__Host-Http-id", "domain", (builder) -> builder.domain("example.com"), "leave domain out");
		assertThat(encrypted("__Http-id").path("/shop").domain("example.com").build().header("x")).contains("/shop");
	}

	@ParameterizedTest
	@ValueSource(strings = { "com", ".com", "shop" })
	void aDomainWithoutADotIsRefused(String domain) {
		assertRefused("domain", (builder) -> builder.domain(domain), "like example.com");
	}

	@Test
	void sameSiteNoneAndPartitionedNeedSecure() {
		assertRefused("same-site", (builder) -> builder.secure(false).sameSite(SameSite.NONE), "set secure to true");
		assertRefused("partitioned", (builder) -> builder.secure(false).partitioned(true), "set secure to true");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT0.999S", "PT-1H", "PT2147483648S", "PT9223372036854775807S" })
	void aMaxAgeIsBetweenASecondAnd68Years(Duration maxAge) {
		assertRefused("max-age", (builder) -> builder.maxAge(maxAge), "2147483647 seconds");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1000000000-01-01T00:00:00Z", "1600-12-31T23:59:59Z", "+10000-01-01T00:00:00Z",
			"+1000000000-12-31T23:59:59Z" })
	void anExpiryThatNoBrowserReadsIsRefused(Instant expires) {
		assertRefused("expires", (builder) -> builder.expires(expires), "max-age");
	}

	@Test
	void encryptingAndSigningAreAlternatives() {
		assertRefused("secrets", (builder) -> builder.signedWith(SECRET), "leave signedWith out");
	}

	private static void assertRefused(String option, UnaryOperator<SessionCookie.Builder> change, String advice) {
		assertRefused("__session", option, change, advice);
	}

	private static void assertRefused(String name, String option, UnaryOperator<SessionCookie.Builder> change,
			String advice) {
		CookieConfigurationException refusal = catchThrowableOfType(CookieConfigurationException.class,
				() -> change.apply(encrypted(name)).build());
		assertThat(refusal.option()).isEqualTo(option);
		assertThat(refusal).hasMessageContaining(advice);
		assertThat(refusal.getMessage()).doesNotContain(SECRET);
	}

	private static SessionCookie.Builder encrypted(String name) {
		return SessionCookie.builder(name).encryptedWith(SECRET);
	}

}
