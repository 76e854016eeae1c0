package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a peer may have signed or stored, it is never an exception (G6). */
class SharedHarmlessInputTests {

	private static final String ID = "5f0e9b0e-4d3f-4a33-9f3a-6f7f5d0a3c11";

	private final MutableClock clock = new MutableClock();

	@Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
	void anySignedContentOfACookieIsHarmless(@ForAll CookieFormat format, @ForAll("documents") byte[] document) {
		if (format != CookieFormat.DEFAULT) {
			SessionCookie cookie = cookie(format);
			SessionStorage storage = SessionStorage.builder(cookie).clock(this.clock).build();
			use(storage, "__session=" + cookie.seal(CookiePurpose.SESSION, document));
			byte[] before = ("{\"i\":\"" + ID + "\",\"d\":").getBytes(StandardCharsets.UTF_8);
			byte[] wrapped = Arrays.copyOf(before, before.length + document.length + 1);
			System.arraycopy(document, 0, wrapped, before.length, document.length);
			wrapped[wrapped.length - 1] = '}';
			use(storage, "__session=" + cookie.seal(CookiePurpose.SESSION, wrapped));
		}
	}

	@Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
	void anyBytesInARecordAreHarmless(@ForAll CookieFormat format, @ForAll("documents") byte[] body) {
		if (format != CookieFormat.DEFAULT) {
			SharedMemoryStrategy strategy = new SharedMemoryStrategy(format, this.clock);
			SessionStorage storage = SessionStorage.builder(cookie(format), strategy).clock(this.clock).build();
			Browser browser = new Browser(storage);
			browser.visit((session) -> session.set("x", 1));
			strategy.put(strategy.bodies().keySet().iterator().next(), body);
			use(storage, browser.header());
		}
	}

	private static SessionCookie cookie(CookieFormat format) {
		return SessionCookie.builder("__session")
			.format(format)
			.signedWith("a secret that is shared with a peer")
			.build();
	}

	/** Everything an application may do, on whatever there is. */
	private static void use(SessionStorage storage, String header) {
		Session session = storage.getSession(header);
		for (String name : session.data().keySet()) {
			session.get(name, Cart.class);
			session.get(name);
		}
		session.flashKeys().forEach(session::get);
		assertThat(session.createdAt()).isNotNull();
		assertThat(session.expiresAt()).isNotNull();
		session.set("a", 1);
		try {
			storage.commitIfNeeded(session);
		}
		catch (SessionTooLargeException ex) {
			return; // a big one that was read, and one value more
		}
		Session explicit = storage.getSession(header);
		explicit.regenerateId();
		storage.commitSession(explicit);
		assertThat(storage.destroySession(storage.getSession(header))).contains("Expires=Thu, 01 Jan 1970");
	}

	@Provide
	Arbitrary<byte[]> documents() {
		Arbitrary<String> maps = JsonArbitraries.spelledMaps().map(SharedHarmlessInputTests::object);
		Arbitrary<String> odd = Arbitraries.of("1e99999999999", "\"\\ud800\"", "null", "[null]", "9".repeat(65),
				"[".repeat(62) + "]".repeat(62), "[".repeat(70) + "]".repeat(70), "{\"a\":1,\"a\":2}");
		Arbitrary<String> json = Arbitraries.oneOf(maps,
				Combinators.combine(maps, maps).as((values, flash) -> "[" + values + "," + flash + "]"),
				odd.map((text) -> "{\"__flash_f__\":" + text + ",\"v\":" + text + "}"),
				odd.map((text) -> "[{\"v\":" + text + "},{\"f\":" + text + "}]"), JsonArbitraries.spellings());
		Arbitrary<byte[]> bytes = json.map((text) -> text.getBytes(StandardCharsets.UTF_8));
		return Arbitraries.oneOf(bytes,
				Combinators.combine(bytes, Arbitraries.integers().between(0, 10_000), Arbitraries.bytes())
					.as((original, at, value) -> {
						byte[] copy = original.clone();
						copy[at % copy.length] = value;
						return copy;
					}),
				Arbitraries.bytes().array(byte[].class).ofMaxSize(100),
				json.map((text) -> text.getBytes(StandardCharsets.UTF_16)));
	}

	private static String object(Map<String, String> values) {
		StringBuilder text = new StringBuilder("{");
		values.forEach((name,
				value) -> text.append((text.length() > 1) ? ",\"" : "\"").append(name).append("\":").append(value));
		return text.append("}").toString();
	}

}
