package io.sessionkit.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

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
public abstract class RecordStorageContract extends StorageContract {

	private @Nullable CountingStrategy strategy;

	/**
	 * Makes the strategy for one test.
	 * @param clock what the strategy takes for the time
	 */
	protected abstract SessionIdStorageStrategy strategy(InstantSource clock);

	private CountingStrategy counting() {
		if (this.strategy == null) {
			this.strategy = new CountingStrategy(strategy(clock()));
		}
		return this.strategy;
	}

	@Override
	public SessionStorage.Builder builder(SessionCookie cookie) {
		return SessionStorage.builder(cookie, counting());
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
		for (String seen : counting().everythingSeen()) {
			assertThat(seen).doesNotContain(firstId).doesNotContain(secondId).doesNotContain(cookie);
		}
	}

	@Test
	void everyKeyIsTheBase64UrlOf32Bytes() {
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		browser.visit(Session::regenerateId);
		assertThat(counting().keys()).hasSize(2).allMatch((key) -> key.matches("[A-Za-z0-9_-]{43}"));
	}

	@Test
	void theBodyIsUtf8Json() {
		Browser browser = browser();
		browser.visit((session) -> session.set("\u017e", "\ud83d\ude00"));
		String key = counting().keys().iterator().next();
		assertThat(new String(counting().readData(key).body(), StandardCharsets.UTF_8))
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
		for (String key : counting().keys()) {
			SessionRecord record = counting().readData(key);
			assertThat(record == null || record.isTombstone()).isTrue();
		}
		letPass(Duration.ofSeconds(60));
		assertThat(counting().keys()).hasSize(3).allMatch((key) -> counting().readData(key) == null);
	}

	@Test
	void aWriteInFlightNeverGetsACookieThatLogsOutWhoJustLoggedIn() {
		requires(Promise.FINAL_LOGOUT);
		Browser node = browser();
		try (Race race = new Race(2)) {
			for (int round = 0; round < rounds() / 10; round++) {
				Browser browser = node.copy();
				browser.visit((session) -> session.set("cart", 0));
				Browser other = browser.copy();
				List<@Nullable SetCookie> cookies = race.run(List.of(() -> browser.visit(Session::regenerateId),
						() -> other.visit((session) -> session.set("cart", 1))));
				assertThat(cookies.get(0)).as("round %d", round).isNotNull();
				assertThat(cookies.get(1)).as("round %d", round).isNull();
			}
		}
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
			counting().overwrite(counting().lastKey(), body.getBytes(StandardCharsets.UTF_8));
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
		String key = counting().lastKey();
		String created = Long.toString(now().getEpochSecond());
		counting().overwrite(key, ("[{\"a\":1},{},{\"c\":" + created + ",\"new\": [1]},{\"newer\": 1.0},2]")
			.getBytes(StandardCharsets.UTF_8));
		browser.visit((session) -> session.set("b", 2));
		assertThat(new String(counting().readData(key).body(), StandardCharsets.UTF_8))
			.isEqualTo("[{\"a\":1,\"b\":2},{},{\"c\":" + created + ",\"new\":[1]},{\"newer\": 1.0},2]");
	}

}
