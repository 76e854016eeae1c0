package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever comes in a header or out of a store, it is never an exception (G6). */
class HarmlessInputTests {

	private final MutableClock clock = new MutableClock();

	private final CountingStrategy strategy = new CountingStrategy(new MemoryStorageStrategy(100_000, this.clock));

	private final SessionStorage records = SessionStorage.builder(Storages.SIGNED, this.strategy)
		.clock(this.clock)
		.idleTimeout(Duration.ofDays(1))
		.build();

	private final SessionStorage cookies = SessionStorage.inCookie(Storages.ENCRYPTED);

	@Property(tries = 1000)
	void anyCookieHeaderIsAnAnonymousSession(@ForAll("headers") String header) {
		for (SessionStorage storage : List.of(this.records, this.cookies)) {
			assertAnonymous(storage, header);
			assertThat(storage.read(header).isNew()).isTrue();
		}
	}

	private static void assertAnonymous(SessionStorage storage, String header) {
		Session session = storage.getSession(header);
		assertThat(session.isNew()).isTrue();
		assertThat(session.data()).isEmpty();
		assertThat(storage.commitIfNeeded(session)).isNull();
		assertThat(storage.destroySession(storage.getSession(header))).contains("Max-Age=0");
		Session fresh = storage.getSession(header);
		fresh.set("a", 1);
		assertThat(storage.commitIfNeeded(fresh)).isNotNull();
	}

	@Provide
	Arbitrary<String> headers() {
		Arbitrary<String> texts = Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(60),
				Arbitraries.strings().withChars("AZaz09-_.=;, \"\\\t$s1i").ofMaxLength(200),
				Arbitraries.of("__session=", "; ", "s1.", "i1.", "AQ", "$Version=1"));
		return texts.list()
			.ofMaxSize(6)
			.map((parts) -> String.join("", parts))
			.flatMap((text) -> Arbitraries.of(text, "__session=" + text, "__session=s1." + text, "__session=i1." + text,
					"a=b; __session=" + text + "; c=d"));
	}

	@Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
	void anyAuthenticContentOfACookieIsHarmless(@ForAll("documents") byte[] document, @ForAll byte flags,
			@ForAll("moments") long[] moments) {
		byte[] payload = new byte[32 + document.length];
		payload[0] = (flags < 0) ? flags : 0;
		for (int i = 0; i < 3; i++) {
			for (int b = 0; b < 5; b++) {
				payload[17 + 5 * i + b] = (byte) (moments[i] >> (32 - 8 * b));
			}
		}
		System.arraycopy(document, 0, payload, 32, document.length);
		use(this.cookies, "__session=" + Storages.ENCRYPTED.seal(CookiePurpose.SESSION, payload));
		use(this.cookies, "__session=" + Storages.ENCRYPTED.seal(CookiePurpose.SESSION, document));
		use(this.records, "__session=" + Storages.SIGNED.seal(CookiePurpose.SESSION_ID, document));
	}

	@Provide
	Arbitrary<long[]> moments() {
		long now = this.clock.instant().getEpochSecond();
		return Arbitraries
			.oneOf(Arbitraries.longs().between(now - 1000, now + 1000),
					Arbitraries.of(0L, (1L << 40) - 1, now, now + 1800))
			.array(long[].class)
			.ofSize(3);
	}

	@Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
	void anyBytesInARecordAreHarmless(@ForAll("documents") byte[] body) {
		Browser browser = new Browser(this.records);
		browser.visit((session) -> session.set("x", 1));
		this.strategy.overwrite(this.strategy.lastKey(), body);
		use(this.records, browser.header());
	}

	/** Everything an application may do, on whatever there is. */
	private static void use(SessionStorage storage, String header) {
		Session session = storage.getSession(header);
		for (String name : session.data().keySet()) {
			session.get(name, Cart.class);
			session.get(name);
			session.get(FlashKey.of(name, String.class));
		}
		session.keys().forEach((name) -> session.get(SessionKey.listOf(name, Cart.class)));
		session.flashKeys().forEach(session::get);
		assertThat(session.createdAt()).isNotNull();
		assertThat(session.expiresAt()).isNotNull();
		session.set("a", 1);
		String cookie = storage.commitIfNeeded(session);
		session.id();
		Session explicit = storage.getSession(header);
		explicit.regenerateId();
		storage.commitSession(explicit);
		assertThat(storage.destroySession(storage.getSession(header))).contains("Max-Age=0");
		if (cookie != null) {
			assertThat(storage.destroySession(storage.getSession(cookie))).contains("Max-Age=0");
		}
	}

	@Provide
	Arbitrary<byte[]> documents() {
		Arbitrary<String> json = Combinators
			.combine(JsonArbitraries.spelledMaps(), JsonArbitraries.spelledMaps(), JsonArbitraries.spellings(),
					JsonArbitraries.spellings())
			.as((values, flash, meta, more) -> "[" + object(values) + "," + object(flash) + "," + meta + "," + more
					+ "]");
		Arbitrary<String> live = Combinators.combine(JsonArbitraries.spelledMaps(), oddities())
			.as((values, odd) -> "["
					+ object(values).replaceFirst("}$",
							values.isEmpty() ? "\"odd\":" + odd + "}" : ",\"odd\":" + odd + "}")
					+ ",{\"f\":" + odd + "},{\"c\":" + this.clock.instant().getEpochSecond() + "}]");
		Arbitrary<byte[]> bytes = Arbitraries.oneOf(json, live).map((text) -> text.getBytes(StandardCharsets.UTF_8));
		return Arbitraries.oneOf(bytes, damaged(bytes), Arbitraries.bytes().array(byte[].class).ofMaxSize(100),
				Arbitraries.oneOf(json, live).map((text) -> text.getBytes(StandardCharsets.UTF_16)),
				Arbitraries.strings()
					.withChars("[]{},:\"\\ue+-.0123456789cltrfansl ")
					.ofMaxLength(60)
					.map((text) -> text.getBytes(StandardCharsets.UTF_8)));
	}

	private static Arbitrary<String> oddities() {
		return Arbitraries.oneOf(Arbitraries.of("1e99999999999", "-1e-99999999999", "1e2147483648", "\"\\ud800\"",
				"{\"\\ud800\":1}", "null", "[null]", "1E400", "0e0", "\"\u0080\"", "9".repeat(64), "9".repeat(65),
				"[".repeat(62) + "]".repeat(62), "[".repeat(63) + "]".repeat(63),
				"[".repeat(61) + "{\"a\":1,\"a\":2}" + "]".repeat(61)), JsonArbitraries.spellings());
	}

	private static Arbitrary<byte[]> damaged(Arbitrary<byte[]> bytes) {
		return Combinators.combine(bytes, Arbitraries.integers().between(0, 10_000), Arbitraries.bytes())
			.as((original, at, value) -> {
				byte[] copy = original.clone();
				copy[at % copy.length] = value;
				return copy;
			});
	}

	private static String object(Map<String, String> values) {
		StringBuilder text = new StringBuilder("{");
		values.forEach((name,
				value) -> text.append((text.length() > 1) ? ",\"" : "\"").append(name).append("\":").append(value));
		return text.append("}").toString();
	}

	@Property(tries = 300)
	void anyTextInACookieOfAnotherPurposeOpensNothing(@ForAll String text) {
		if (!StandardCharsets.UTF_8.newEncoder().canEncode(text) || text.length() > 900) {
			return;
		}
		String header = SessionCookie.builder("__session")
			.encryptedWith(Storages.SECRET)
			.build()
			.serialize(text)
			.split(";", 2)[0];
		assertThat(this.cookies.getSession(header).isNew()).isTrue();
	}

}
