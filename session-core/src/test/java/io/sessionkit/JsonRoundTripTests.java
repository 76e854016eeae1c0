package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/** Values come back as they were, and what nobody touches keeps its very bytes. */
class JsonRoundTripTests {

	private final MutableClock clock = new MutableClock();

	private final CountingStrategy strategy = new CountingStrategy(new MemoryStorageStrategy(100_000, this.clock));

	private final SessionStorage storage = SessionStorage.builder(Storages.SIGNED, this.strategy)
		.clock(this.clock)
		.idleTimeout(Duration.ofDays(1))
		.build();

	@Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
	void anyTreeThatIsSetIsReadAgain(@ForAll("trees") Object tree, @ForAll("texts") String name) {
		for (SessionStorage each : new SessionStorage[] { this.storage, SessionStorage.inCookie(Storages.ENCRYPTED) }) {
			Browser browser = new Browser(each);
			Session session = browser.open();
			try {
				session.set(name, tree);
				assertThat(session.get(name)).isEqualTo(tree);
				browser.close(session);
			}
			catch (SessionTooLargeException ex) {
				continue;
			}
			assertThat(browser.get(name)).isEqualTo(tree);
			assertThat(browser.ask(Session::data)).isEqualTo(Map.of(name, tree));
			browser.visit((next) -> {
				next.unset(name);
				next.flash(name, tree);
			});
			assertThat(browser.get(name)).isEqualTo(tree);
			assertThat(browser.get(name)).isNull();
		}
	}

	@Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
	void whatNobodyTouchesIsWrittenBackByteForByte(@ForAll("maps") Map<String, String> values,
			@ForAll("maps") Map<String, String> flash) {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("x", 1));
		String key = this.strategy.lastKey();
		String stored = document(values, flash, "");
		this.strategy.overwrite(key, stored.getBytes(StandardCharsets.UTF_8));
		browser.visit((session) -> {
			values.keySet().forEach((name) -> session.get(SessionKey.of(name, Object.class)));
			session.data();
			session.set("other", 42);
		});
		assertThat(body(key)).isEqualTo(document(trimmed(values), trimmed(flash), "\"other\":42"));
	}

	private String body(String key) {
		return new String(this.strategy.readData(key).body(), StandardCharsets.UTF_8);
	}

	private String document(Map<String, String> values, Map<String, String> flash, String more) {
		Instant created = this.clock.instant();
		return "[" + object(values, more) + "," + object(flash, "") + ",{\"c\":" + created.getEpochSecond() + "}]";
	}

	private static String object(Map<String, String> values, String more) {
		StringBuilder text = new StringBuilder("{");
		values.forEach((name,
				json) -> text.append(text.length() > 1 ? "," : "").append('"').append(name).append("\":").append(json));
		return text.append(text.length() > 1 && !more.isEmpty() ? "," : "").append(more).append('}').toString();
	}

	private static Map<String, String> trimmed(Map<String, String> values) {
		Map<String, String> trimmed = new LinkedHashMap<>();
		values.forEach((name, json) -> trimmed.put(name, json.strip()));
		return trimmed;
	}

	@Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
	void whatIsUntouchedInACookieStaysTooWhileOthersChange(@ForAll("trees") Object tree) {
		Browser browser = new Browser(SessionStorage.inCookie(Storages.ENCRYPTED));
		try {
			browser.visit((session) -> session.set("tree", tree));
		}
		catch (SessionTooLargeException ex) {
			return;
		}
		for (int i = 0; i < 3; i++) {
			int value = i;
			browser.visit((session) -> session.set("i", value));
		}
		assertThat(browser.get("tree")).isEqualTo(tree);
	}

	@Provide
	Arbitrary<Object> trees() {
		return JsonArbitraries.trees();
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries.oneOf(JsonArbitraries.texts(), Arbitraries.just("x"));
	}

	@Provide
	Arbitrary<Map<String, String>> maps() {
		return JsonArbitraries.spelledMaps();
	}

}
