package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers that neither a peer nor we have sent, and content that neither has written:
 * each one is an anonymous visitor in the formats of the peers too (G6).
 */
@ParameterizedClass
@EnumSource
class SharedBadInputTests {

	/** Where the session is, and whose format the cookie is of. */
	enum Kind {

		REACT_ROUTER_SESSION(CookieFormat.REACT_ROUTER, true),

		REACT_ROUTER_ID(CookieFormat.REACT_ROUTER, false),

		REMIX_SESSION(CookieFormat.REMIX, true),

		REMIX_ID(CookieFormat.REMIX, false);

		private final CookieFormat format;

		private final boolean inCookie;

		Kind(CookieFormat format, boolean inCookie) {
			this.format = format;
			this.inCookie = inCookie;
		}

		SessionCookie cookie(String secret) {
			return SessionCookie.builder("__session").format(this.format).signedWith(secret).build();
		}

		CookiePurpose purpose() {
			return this.inCookie ? CookiePurpose.SESSION : CookiePurpose.SESSION_ID;
		}

	}

	private static final String SECRET = "a secret that is shared with the peer";

	private static final String ID = "5f0e9b0e-4d3f-4a33-9f3a-6f7f5d0a3c11";

	private final MutableClock clock = new MutableClock();

	private final Kind kind;

	private final SessionCookie cookie;

	private final SharedMemoryStrategy strategy;

	private final SessionStorage storage;

	private final Browser browser;

	SharedBadInputTests(Kind kind) {
		this.kind = kind;
		this.cookie = kind.cookie(SECRET);
		this.strategy = new SharedMemoryStrategy(kind.format, this.clock);
		this.storage = (kind.inCookie ? SessionStorage.builder(this.cookie)
				: SessionStorage.builder(this.cookie, this.strategy))
			.clock(this.clock)
			.build();
		this.browser = new Browser(this.storage);
		this.browser.visit((session) -> session.set("userId", "42"));
		this.strategy.takeCalls();
	}

	private String value() {
		return this.browser.header().substring("__session=".length());
	}

	private String signed(String payload) {
		return this.cookie.seal(this.kind.purpose(), payload.getBytes(StandardCharsets.UTF_8));
	}

	private void assertAnonymous(String value) {
		Session session = this.storage.getSession("__session=" + value);
		assertThat(session.isNew()).as(value).isTrue();
		assertThat(session.id()).isEmpty();
		assertThat(session.data()).isEmpty();
		assertThat(this.storage.commitIfNeeded(session)).isNull();
		assertThat(this.storage.destroySession(this.storage.getSession("__session=" + value)))
			.contains("Expires=Thu, 01 Jan 1970");
		assertThat(this.strategy.takeCalls()).as("no call of the store").isZero();
		Session login = this.storage.getSession("__session=" + value);
		login.set("userId", "43");
		assertThat(this.storage.commitIfNeeded(login)).isNotNull();
		this.strategy.takeCalls();
	}

	@Test
	void theUndamagedCookieIsFine() {
		assertThat(this.storage.getSession("__session=" + value()).get("userId")).isEqualTo("42");
		assertThat(this.storage.getSession("a=b;__session=\"" + value() + "\";c=d").get("userId")).isEqualTo("42");
		assertThat(this.storage.getSession("__session=junk; __session=" + value()).get("userId")).isEqualTo("42");
	}

	@Test
	void everySingleBitFlipped() {
		String value = value();
		for (int bit = 0; bit < value.length() * 16; bit++) {
			char[] text = value.toCharArray();
			text[bit / 16] ^= (char) (1 << (bit % 16));
			if (text[bit / 16] != ';') {
				assertAnonymous(new String(text));
			}
		}
	}

	@Test
	void aValueThatWasCutOrLengthened() {
		String value = value();
		for (int length = 0; length < value.length(); length++) {
			assertAnonymous(value.substring(0, length));
			assertAnonymous(value.substring(length + 1));
		}
		for (String tail : List.of("A", "AAAA", "=", "%3D", "%", "%3", ".", "." + value, "\u0000", "\ud83d\ude00")) {
			assertAnonymous(value + tail);
		}
	}

	@Test
	void junk() {
		for (String junk : List.of("", ".", "..", "%", "%3D", "%%", "=", "e30=", "e30%3D", "e30=.", ".".repeat(100),
				"." + "A".repeat(43), "e30=." + "A".repeat(43), "\u0080".repeat(60), "A".repeat(16_000),
				"e30=." + "=".repeat(43), "s1.AA", "i1.AA", "u1.AA", "deleted", "{\"userId\":\"42\"}")) {
			assertAnonymous(junk);
		}
	}

	@Test
	void aSealedCookieOfTheSameSecretAndTheReverse() {
		for (SessionCookie sealed : List.of(SessionCookie.builder("__session").encryptedWith(SECRET).build(),
				SessionCookie.builder("__session").signedWith(SECRET).build())) {
			for (SessionStorage ours : List.of(SessionStorage.inCookie(sealed),
					SessionStorage.of(sealed, new MemoryStorageStrategy()))) {
				Browser other = new Browser(ours);
				other.visit((session) -> session.set("userId", "43"));
				assertAnonymous(other.header().substring("__session=".length()));
				assertThat(ours.getSession(this.browser.header()).isNew()).isTrue();
			}
		}
	}

	@Test
	void aCookieOfAnotherSecretOrUnsigned() {
		byte[] payload = this.kind.inCookie ? "{}".getBytes(StandardCharsets.UTF_8)
				: ("\"" + ID + "\"").getBytes(StandardCharsets.UTF_8);
		assertAnonymous(this.kind.cookie("another secret, of somebody else").seal(this.kind.purpose(), payload));
		assertAnonymous(value().substring(0, value().lastIndexOf('.')));
	}

	@Test
	void whatIsSignedAndNoSession() {
		String deep = "[".repeat(70) + "]".repeat(70);
		for (String text : List.of("", " ", "null", "true", "1", "[]", "[1]", "\"\"", "\"text\"", "{", "}", "{}{}",
				"{} x", "{\"a\":1", "{\"a\":}", "{\"a\":1,\"a\":2}", "{\"a\":" + deep + "}", "{'a':1}", "{\"a\":01}",
				"{\"a\":NaN}", "{\"a\":" + "9".repeat(65) + "}", "\ufeff{}", "{\"i\":\"" + ID + "\"}", "[{},{}]",
				"[{},{},{}]", "{\"i\":\"" + ID + "\",\"d\":[{},{}]", "\u0000", "{\"a\":\"\u0001\"}",
				"{\"\\ud83d\":1}")) {
			if (this.kind == Kind.REACT_ROUTER_SESSION && text.startsWith("{\"i\"") && text.endsWith("}")) {
				continue; // an object like any other
			}
			assertAnonymous(signed(text));
		}
		for (byte[] bytes : List.of(new byte[] { '{', '"', (byte) 0xC3, '"', ':', '1', '}' },
				new byte[] { (byte) 0xFF }, "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
				"{\"a\":1}".getBytes(StandardCharsets.UTF_16LE))) {
			assertAnonymous(this.cookie.seal(this.kind.purpose(), bytes));
		}
		assertAnonymous(signed("{\"a\":\"" + "x".repeat(7000) + "\"}"));
	}

	@Test
	void anIdOfThePeerThatIsNoneOfAStoreAsksNoStore() {
		List<String> ids = new ArrayList<>(List.of("", "x", "123456789012345", "../../../../../../etc/passwd",
				"a-random-id of-sixteen", "a-random-id{of}sixteen", "a-random-id:of:sixteen", "a-random-id/of/sixteen",
				"a-random-id.of.sixteen", "a-random-id*of*sixteen", "a-random-id\nof\nsixteen", "a-random-id\u0000of",
				"\u017elu\u0165ou\u010dk\u00fdk\u016f\u0148\u00fap\u011bl", "x".repeat(129), "x".repeat(5000),
				"\\u0061\\u0062\\u0063\\u0064\\u0065", "\"" + ID, ID + "\"", "\"\"" + ID + "\"\""));
		for (String id : ids) {
			String payload = switch (this.kind) {
				case REACT_ROUTER_ID -> "\"" + id + "\"";
				case REMIX_ID -> id;
				case REMIX_SESSION -> "{\"i\":\"" + id + "\",\"d\":[{\"userId\":\"42\"},{}]}";
				case REACT_ROUTER_SESSION -> "\"" + id + "\"";
			};
			assertAnonymous(signed(payload));
		}
	}

	@Test
	void unusualNamesAreHarmless() {
		String data = "{\"\":1,\"__proto__\":{\"admin\":true},\"constructor\":2,\"2\":3,\"1\":4,\"half\":\"\\ud83d\","
				+ "\"__flash__\":6,\"@class\":\"java.lang.Runtime\"}";
		String text = (this.kind.format == CookieFormat.REMIX) ? "[" + data + ",{}]" : data;
		String value = switch (this.kind) {
			case REACT_ROUTER_SESSION -> signed(text);
			case REMIX_SESSION -> signed("{\"i\":\"" + ID + "\",\"d\":" + text + "}");
			case REACT_ROUTER_ID -> signed("\"" + ID + "\"");
			case REMIX_ID -> signed(ID);
		};
		this.strategy.put(ID, text.getBytes(StandardCharsets.UTF_8));
		Browser peer = new Browser(this.storage);
		peer.receive(this.cookie.header(value));
		assertThat(peer.ask(Session::data)).hasSize(8)
			.containsEntry("", 1L)
			.containsEntry("__proto__", Map.of("admin", true))
			.containsEntry("__flash__", 6L)
			.containsEntry("half", "\ud83d");
		peer.visit((session) -> {
			session.set("10", 7);
			session.unset("constructor");
		});
		assertThat(peer.ask(Session::data)).hasSize(8).containsEntry("10", 7L).containsEntry("2", 3L);
		if (!this.kind.inCookie) {
			assertThat(new String(this.strategy.bodies().get(ID), StandardCharsets.UTF_8)).contains(
					"{\"1\":4,\"2\":3,\"10\":7,\"\":1,\"__proto__\":{\"admin\":true},\"half\":\"\\ud83d\",\"__flash__\":6,\"@class\":\"java.lang.Runtime\"");
		}
	}

}
