package io.sessionkit.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The {@link StorageContract} for sessions whose records a strategy keeps, and what can
 * only be seen between the storage and the strategy.
 */
public abstract class RecordStorageContract extends StorageContract implements ClockCases, DamageCases {

	private @Nullable CountingStrategy strategy;

	/**
	 * Makes the strategy for one test.
	 * @param clock what the strategy takes for the time
	 */
	protected abstract SessionIdStorageStrategy strategy(InstantSource clock);

	/**
	 * Makes the strategy of a second node over the store of the first. To be overridden
	 * where {@link #strategy} begins a store of its own each time.
	 * @param first the strategy of the first node, to be returned where no two nodes can
	 * share the store
	 * @param clock what the second node takes for the time
	 */
	protected SessionIdStorageStrategy secondNode(SessionIdStorageStrategy first, InstantSource clock) {
		return strategy(clock);
	}

	@Override
	public SessionStorage nodeAhead(Duration ahead, Consumer<SessionStorage.Builder> options) {
		InstantSource clock = () -> now().plus(ahead);
		SessionCookie cookie = protect(SessionCookie.builder("__session"), SECRET).clock(clock).build();
		SessionStorage.Builder builder = SessionStorage.builder(cookie, secondNode(store(), clock)).clock(clock);
		options.accept(builder);
		return builder.build();
	}

	@Override
	public final CountingStrategy store() {
		if (this.strategy == null) {
			this.strategy = new CountingStrategy(strategy(clock()));
		}
		return this.strategy;
	}

	@Override
	public SessionStorage.Builder builder(SessionCookie cookie) {
		return SessionStorage.builder(cookie, store());
	}

	@Test
	void neitherTheIdNorTheCookieEverReachesTheStore() {
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		String firstId = browser.open().id();
		String cookie = browser.header().substring("__session=".length());
		browser.visit(Session::regenerateId);
		String secondId = browser.open().id();
		browser.visit(Session::destroy);
		assertThat(firstId).hasSize(43);
		for (String seen : store().everythingSeen()) {
			assertThat(seen).doesNotContain(firstId).doesNotContain(secondId).doesNotContain(cookie);
		}
	}

	@Test
	void everyKeyIsTheBase64UrlOf32Bytes() {
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		browser.visit(Session::regenerateId);
		assertThat(store().keys()).hasSize(2).allMatch((key) -> key.matches("[A-Za-z0-9_-]{43}"));
	}

	@Test
	void theBodyIsUtf8Json() {
		Browser browser = browser();
		browser.visit((session) -> session.set("\u017e", "\ud83d\ude00"));
		String key = store().keys().iterator().next();
		assertThat(new String(store().readData(key).body(), StandardCharsets.UTF_8))
			.startsWith("[{\"\u017e\":\"\ud83d\ude00\"},{},{");
	}

	@Test
	void nothingButTombstonesRemainsOfEndedSessions() {
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		browser.visit(Session::regenerateId);
		Session slow = browser.open();
		slow.regenerateId();
		browser.visit(Session::destroy);
		browser.close(slow);
		for (String key : store().keys()) {
			SessionRecord record = store().readData(key);
			assertThat(record == null || record.isTombstone()).isTrue();
		}
		letPass(tombstoneLife());
		assertThat(store().keys()).hasSize(3).allMatch((key) -> store().readData(key) == null);
	}

	@Test
	void noRaceLeavesARecordThatNobodyCanReach() {
		requires(Promise.FINAL_LOGOUT);
		Browser node = browser();
		try (Race race = new Race(3)) {
			for (int round = 0; round < rounds() / 10; round++) {
				Browser browser = node.copy();
				browser.visit((session) -> session.set("cart", 1));
				Browser logout = browser.copy();
				Browser other = browser.copy();
				String before = store().lastKey();
				store().takeCalls();
				race.run(List.of(() -> browser.visit(Session::regenerateId), () -> logout.visit(Session::destroy),
						() -> other.visit((session) -> session.set("cart", 2))));
				Set<String> keys = new HashSet<>(store().keys());
				keys.add(before);
				assertThat(keys.stream().map(store()::readData))
					.filteredOn((record) -> record != null && !record.isTombstone())
					.as("live records of round %d", round)
					.isEmpty();
			}
		}
	}

	@Test
	void readingWritesAtMostOncePerTenthOfTheLife() {
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofSeconds(1000)));
		browser.visit((session) -> session.set("a", 1));
		store().takeCalls();
		for (int second = 0; second < 1000; second += 20) {
			letPass(Duration.ofSeconds(20));
			assertThat(browser.get("a")).isEqualTo(1L);
		}
		assertThat(store().takeCalls()).containsOnly("read", "update")
			.satisfies((calls) -> assertThat(Collections.frequency(calls, "update")).isEqualTo(10))
			.satisfies((calls) -> assertThat(Collections.frequency(calls, "read")).isEqualTo(50));
	}

	@Test
	void withoutRollingReadingWritesNothing() {
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofSeconds(1000)).rolling(false));
		browser.visit((session) -> session.set("a", 1));
		store().takeCalls();
		for (int second = 0; second < 980; second += 20) {
			letPass(Duration.ofSeconds(20));
			assertThat(browser.get("a")).isEqualTo(1L);
		}
		assertThat(store().takeCalls()).containsOnly("read");
	}

	@Test
	void aRecordThatIsNoSessionIsAnonymousAndCanBeReplacedAndEnded() {
		String meta = "{\"c\":" + now().getEpochSecond() + "}";
		for (String body : List.of("x", "{}", "[]", "[{}]", "[{},{}]", "[{},{},{\"c\":\"x\"}]", "\u0000",
				"[{\"a\":1},{}," + meta + "] x", "[{\"a\":1},{}," + meta + "][]", "[{\"a\":1},{}," + meta,
				"[{\"a\":1,\"a\":2},{}," + meta + "]", "[{\"a\":1},[]," + meta + "]")) {
			SessionStorage storage = storage();
			Browser browser = new Browser(storage);
			browser.visit((session) -> session.set("a", 1));
			store().overwrite(store().lastKey(), body.getBytes(StandardCharsets.UTF_8));
			Browser loggingOut = browser.copy();
			assertThat(browser.hasSession()).as(body).isFalse();
			assertThat(browser.ask(Session::data)).as(body).isEmpty();
			assertThat(browser.visit((session) -> session.set("a", 2))).as(body).isNotNull();
			assertThat(browser.get("a")).isEqualTo(2L);
			assertThat(SetCookie.of(storage.destroySession(loggingOut.open())).isDeletion()).isTrue();
		}
	}

	@Test
	void whatANewerVersionAddedToARecordIsKept() {
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		String key = store().lastKey();
		String created = Long.toString(now().getEpochSecond());
		store().overwrite(key, ("[{\"a\":1},{},{\"c\":" + created + ",\"new\": [1]},{\"newer\":1.0},{\"x\": [2.0]},2]")
			.getBytes(StandardCharsets.UTF_8));
		browser.visit((session) -> session.set("b", 2));
		assertThat(new String(store().readData(key).body(), StandardCharsets.UTF_8))
			.isEqualTo("[{\"a\":1,\"b\":2},{},{\"c\":" + created + ",\"new\":[1]},{\"newer\":1.0},{\"x\": [2.0]},2]");
	}

}
