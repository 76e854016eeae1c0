package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Headers that no browser of ours sends: each one is an anonymous visitor (G6, G7). */
@ParameterizedClass
@EnumSource
class BadInputTests {

	/** Where the session is, and how its cookie is protected. */
	enum Kind {

		ENCRYPTED_SESSION(true, true),

		SIGNED_SESSION(false, true),

		SIGNED_ID(false, false),

		ENCRYPTED_ID(true, false);

		private final boolean encrypted;

		private final boolean inCookie;

		Kind(boolean encrypted, boolean inCookie) {
			this.encrypted = encrypted;
			this.inCookie = inCookie;
		}

		SessionCookie cookie(String name, String secret) {
			SessionCookie.Builder builder = SessionCookie.builder(name);
			return (this.encrypted ? builder.encryptedWith(secret) : builder.signedWith(secret)).build();
		}

	}

	private static final String OTHER_SECRET = "another secret, of somebody else";

	private final Kind kind;

	private final MutableClock clock = new MutableClock();

	private final MemoryStorageStrategy strategy = new MemoryStorageStrategy(10_000, this.clock);

	private final SessionStorage storage;

	private final Browser browser;

	BadInputTests(Kind kind) {
		this.kind = kind;
		this.storage = storage(kind, kind.cookie("__session", Storages.SECRET));
		this.browser = new Browser(this.storage);
		this.browser.visit((session) -> session.set("userId", "42"));
	}

	private SessionStorage storage(Kind kind, SessionCookie cookie) {
		return (kind.inCookie ? SessionStorage.builder(cookie) : SessionStorage.builder(cookie, this.strategy))
			.clock(this.clock)
			.build();
	}

	private String value() {
		return this.browser.header().substring("__session=".length());
	}

	private void assertAnonymous(String header) {
		Session session = this.storage.getSession(header);
		assertThat(session.isNew()).as(header).isTrue();
		assertThat(session.id()).isEmpty();
		assertThat(session.data()).isEmpty();
		assertThat(this.storage.commitIfNeeded(session)).isNull();
		assertThat(this.storage.destroySession(this.storage.getSession(header))).contains("Max-Age=0");
		assertThat(this.browser.get("userId")).isEqualTo("42");
	}

	@Test
	void theUndamagedCookieIsFine() {
		assertThat(this.storage.getSession("__session=" + value()).get("userId")).isEqualTo("42");
		assertThat(this.storage.getSession("a=b;__session=\"" + value() + "\";c=d").get("userId")).isEqualTo("42");
	}

	@Test
	void noCookieAndAnEmptyOne() {
		assertAnonymous(null);
		assertAnonymous("");
		assertAnonymous("__session=");
		assertAnonymous("__session");
		assertAnonymous("=" + value());
		assertAnonymous("__SESSION=" + value());
	}

	@Test
	void everySingleBitFlipped() {
		String value = value();
		byte[] bytes = Base64.getUrlDecoder().decode(value.substring(3));
		for (int bit = 0; bit < bytes.length * 8; bit++) {
			bytes[bit / 8] ^= (byte) (1 << bit % 8);
			assertAnonymous("__session=" + value.substring(0, 3)
					+ Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
			bytes[bit / 8] ^= (byte) (1 << bit % 8);
		}
	}

	@Test
	void everySingleCharacterReplaced() {
		String value = value();
		for (int i = 0; i < value.length(); i++) {
			char other = (value.charAt(i) == 'A') ? 'B' : 'A';
			assertAnonymous("__session=" + value.substring(0, i) + other + value.substring(i + 1));
		}
	}

	@Test
	void truncatedAtEachLength() {
		String value = value();
		for (int length = 0; length < value.length(); length++) {
			assertAnonymous("__session=" + value.substring(0, length));
		}
	}

	@Test
	void sealedForAnotherNameOrWithAnotherSecret() {
		for (SessionCookie cookie : new SessionCookie[] { this.kind.cookie("other", Storages.SECRET),
				this.kind.cookie("__session", OTHER_SECRET) }) {
			Browser other = new Browser(storage(this.kind, cookie));
			other.visit((session) -> session.set("userId", "43"));
			assertAnonymous("__session=" + other.header().substring(other.header().indexOf('=') + 1));
		}
	}

	@Test
	void aCookieOfEveryOtherKindWithTheSameSecret() {
		for (Kind other : Kind.values()) {
			if (other != this.kind) {
				Browser elsewhere = new Browser(storage(other, other.cookie("__session", Storages.SECRET)));
				elsewhere.visit((session) -> session.set("userId", "43"));
				assertAnonymous(elsewhere.header());
			}
		}
		assertAnonymous(
				"__session=" + this.kind.cookie("__session", Storages.SECRET).seal(CookiePurpose.VALUE, new byte[80]));
	}

	@Test
	void junkOfAllSorts() {
		assertAnonymous("__session={\"userId\":\"42\"}");
		assertAnonymous("__session="
				+ Base64.getEncoder().encodeToString("[{\"userId\":\"42\"},{}]".getBytes(StandardCharsets.UTF_8)));
		assertAnonymous("__session=" + value().substring(0, 3)
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[200]));
		assertAnonymous("__session=" + value().replace("1.", "2."));
		assertAnonymous("__session=" + value().substring(3));
		assertAnonymous("__session=" + "A".repeat(16_384));
		assertAnonymous("__session=" + value() + "A".repeat(16_384));
		assertAnonymous(IntStream.rangeClosed(0x80, 0xff)
			.mapToObj((c) -> String.valueOf((char) c))
			.collect(Collectors.joining("", "__session=", "")));
		assertAnonymous("$Version=1; __session=\"x\"; $Path=\"/\"");
		assertAnonymous("__session=\"" + value());
		assertAnonymous("__session=" + value() + "%3D");
		assertAnonymous("__session=" + value() + "==");
		assertAnonymous(";;;=;=;; ;__session;\u0000;" + "x".repeat(5000));
	}

	@Test
	void ofManyCookiesOfOurNameTwoHundredAreExamined() {
		String junk = String.join("; ", Collections.nCopies(200, "__session=" + value() + "x"));
		assertAnonymous(junk);
		assertAnonymous(junk + "; " + this.browser.header());
		String fewer = String.join("; ", Collections.nCopies(199, "__session=" + value() + "x"));
		assertThat(this.storage.getSession(fewer + "; " + this.browser.header()).get("userId")).isEqualTo("42");
		assertThat(this.storage.getSession(String.join(";", Collections.nCopies(200, "__session=" + value())))
			.get("userId")).isEqualTo("42");
	}

	@Test
	void twoValidOnesOfTwoSessions() {
		this.clock.advance(Duration.ofSeconds(1));
		Browser later = new Browser(this.storage);
		later.visit((session) -> session.set("userId", "43"));
		for (String header : List.of(this.browser.header() + "; " + later.header(),
				later.header() + "; " + this.browser.header())) {
			Session session = this.storage.getSession(header);
			assertThat(session.isNew()).isTrue();
			assertThat(session.id()).isEmpty();
			assertThat(session.data()).isEmpty();
			assertThat(this.storage.commitIfNeeded(session)).isNull();
			assertThat(this.storage.expireVariants(session, "shop.example.com", "/a/b")).hasSize(9)
				.anyMatch((setCookie) -> setCookie.contains("Path=/; Domain=example.com"))
				.anyMatch((setCookie) -> setCookie.contains("Path=/a; Secure"))
				.anyMatch((setCookie) -> setCookie.contains("Path=/a/; Domain=example.com"))
				.anyMatch((setCookie) -> setCookie.contains("Path=/a/b; Domain=example.com"))
				.noneMatch((setCookie) -> setCookie.contains("Path=/; Secure"));
		}
		assertThat(this.browser.get("userId")).isEqualTo("42");
	}

	/** What deletes planted cookies must not break the response, as proxies take 4 KB. */
	@Test
	void twoValidOnesOnALongPathOfADeepHost() {
		Browser later = new Browser(this.storage);
		later.visit((session) -> session.set("userId", "43"));
		Session session = this.storage.getSession(this.browser.header() + "; " + later.header());
		assertThat(session.isNew()).isTrue();
		List<String> deep = this.storage.expireVariants(session, "app.eu.prod.example.com", "/login");
		assertThat(deep).anyMatch((setCookie) -> setCookie.contains("Path=/login; Domain=example.com"));
		List<String> longest = this.storage.expireVariants(session, "a.b.c.d.e.example.com",
				("/" + "a".repeat(300)).repeat(20));
		assertThat(String.join("", longest)).hasSizeLessThan(3100).contains("Path=/; Domain=example.com");
	}

	@Test
	void expiredOneSecondAgoWhereTheBrowserKeptTheCookie() {
		Browser kept = this.browser.copy();
		this.clock.advance(Duration.ofMinutes(30).minusSeconds(1));
		assertThat(this.storage.getSession(kept.header()).isNew()).isFalse();
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(this.storage.getSession(kept.header()).isNew()).isTrue();
		assertThat(this.storage.getSession(kept.header()).data()).isEmpty();
	}

	@Test
	void issuedInTheFuture() {
		this.clock.advance(Duration.ofMinutes(-5));
		assertThat(this.storage.getSession(this.browser.header()).get("userId")).isEqualTo("42");
		this.clock.advance(Duration.ofSeconds(-1));
		assertThat(this.storage.getSession(this.browser.header()).isNew()).isTrue();
		this.clock.advance(Duration.ofMinutes(-5));
		assertThat(this.storage.getSession(this.browser.header()).data()).isEmpty();
	}

}
