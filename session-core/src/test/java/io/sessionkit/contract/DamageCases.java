package io.sessionkit.contract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import io.sessionkit.SessionStorage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of the {@link RecordStorageContract}: a stored body that is none of ours (G6). What
 * becomes of damaged bytes below that, see the {@link StrategyContract}.
 */
interface DamageCases extends StorageFixture {

	SessionKey<Integer> NUMBER = SessionKey.of("changed", Integer.class);

	/** The strategy of this test. */
	CountingStrategy store();

	@Test
	default void aBodyThatWasCutAnywhereIsAnonymous() {
		byte[] body = written();
		assertAnonymous(IntStream.range(1, body.length).mapToObj((length) -> Arrays.copyOf(body, length)));
	}

	@Test
	default void aBodyOfRandomBytesIsAnonymous() {
		Random random = new Random(42);
		assertAnonymous(Stream.generate(() -> {
			byte[] noise = new byte[1 + random.nextInt(300)];
			random.nextBytes(noise);
			return noise;
		}).limit(50));
	}

	@Test
	default void aBodyOfTheWrongTypesOrOfAVersionToComeIsAnonymous() {
		String created = Long.toString(now().getEpochSecond());
		assertAnonymous(Stream
			.of("null", "true", "1", "\"text\"", "{}", "{\"version\":2,\"values\":{\"a\":1}}", "[null,null,null]",
					"[1,2,3]", "[[],[],[]]", "[2,{\"a\":1},{},{\"c\":" + created + "}]",
					"[{\"a\":1},{},[" + created + "]]", "[{\"a\":1},{},{\"c\":-1}]", "[{\"a\":1},{},{\"c\":1e3}]",
					"[{\"a\":1},{},{\"c\":\"" + created + "\"}]", "[{\"a\":1},{},{\"c\":null}]",
					"[{\"a\":1},{},{\"c\":99999999999999999999}]", "[{\"a\":1},{},{\"c\":" + created + ",\"l\":\"x\"}]",
					"[{\"a\":1},\"flash\",{\"c\":" + created + "}]", "sessionkit2 1 1 - 00000000\n[{},{}]")
			.map((body) -> body.getBytes(StandardCharsets.UTF_8)));
	}

	/** A record as it is in the store. */
	private byte[] written() {
		Browser browser = browser();
		browser.visit(DamageCases::fill);
		return store().readData(store().lastKey()).body();
	}

	private static void fill(Session session) {
		session.set("a", 1);
		session.set("list", List.of("one", 2.5));
		session.flash("notice", "hi \u017e");
	}

	/** Puts one body after the other into a record. */
	private void assertAnonymous(Stream<byte[]> bodies) {
		Browser browser = browser();
		browser.visit(DamageCases::fill);
		String key = store().lastKey();
		bodies.forEach((body) -> {
			String shown = new String(body, StandardCharsets.UTF_8);
			store().overwrite(key, body);
			List<String> warnings = CapturedWarnings.about(key.substring(0, 8), () -> {
				Session session = browser.open();
				assertThat(session.isNew()).as(shown).isTrue();
				assertThat(session.data()).as(shown).isEmpty();
				assertThat(session.id()).as(shown).isEmpty();
				assertThat(browser.close(session)).as(shown).isNull();
			});
			if (CapturedWarnings.isPossible()) {
				assertThat(warnings).as(shown).singleElement().asString().doesNotContain(key.substring(0, 9));
			}
		});
		Browser loggingOut = browser.copy();
		assertThat(browser.visit((session) -> session.set("a", 2))).isNotNull();
		assertThat(browser.ask(Session::data)).hasToString("{a=2}");
		assertThat(loggingOut.visit(Session::destroy).isDeletion()).isTrue();
		assertThat(store().readData(key)).isNull();
	}

	@Test
	default void anEmptyBodyIsATombstoneWithoutAWarning() {
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		store().overwrite(store().lastKey(), new byte[0]);
		assertThat(CapturedWarnings.about(store().lastKey().substring(0, 8), () -> {
			assertThat(browser.hasSession()).isFalse();
			assertThat(browser.visit((session) -> session.set("a", 2))).as("no cookie, as after a logout").isNull();
		})).isEmpty();
		browser.visit((login) -> {
			login.regenerateId();
			login.set("userId", "42");
		});
		assertThat(browser.ask(Session::data)).hasToString("{userId=42}");
	}

	@Test
	default void aValueWhoseClassChangedIsAbsentAloneAndCanBeReplaced() {
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.visit((session) -> {
			session.set("changed", List.of("once a list"));
			session.set("a", 1);
		});
		String key = store().lastKey();
		List<String> warnings = CapturedWarnings.about(key.substring(0, 8), () -> browser.visit((session) -> {
			assertThat(session.get(NUMBER)).isNull();
			assertThat(session.get("a")).isEqualTo(1L);
			session.set("a", 2);
		}));
		if (CapturedWarnings.isPossible()) {
			assertThat(warnings).singleElement()
				.asString()
				.contains("'changed'")
				.doesNotContain(key.substring(0, 9), "once");
		}
		assertThat(storage.unreadableValues()).isOne();
		assertThat(browser.ask(Session::data)).hasToString("{changed=[once a list], a=2}");
		browser.visit((session) -> session.set(NUMBER, 42));
		browser.visit((session) -> assertThat(session.get(NUMBER)).isEqualTo(42));
	}

}
