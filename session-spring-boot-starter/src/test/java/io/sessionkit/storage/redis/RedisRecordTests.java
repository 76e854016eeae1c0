package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.sessionkit.Session;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.Browser;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.autoconfigure.OwnConnections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/** What is in Redis, for how long, and what becomes of it when memory ends. */
class RedisRecordTests {

	private static final String KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

	private static final String SECRET = "a secret of the record tests 01234";

	private static final String VALUE = "Val-9f2c71";

	private static RedisProcess redis;

	private static OwnConnections connections;

	private final RedisStorageStrategy strategy = new RedisStorageStrategy(connections.factory(),
			RedisStorageStrategy.DEFAULT_KEY_PREFIX);

	private final SessionStorage storage = SessionStorage
		.of(SessionCookie.builder("__session").signedWith(SECRET).build(), this.strategy);

	@BeforeAll
	static void start() {
		redis = RedisProcess.running();
		connections = new OwnConnections(redis.properties());
	}

	@AfterAll
	static void stop() {
		if (redis != null) {
			connections.close();
			redis.close();
		}
	}

	@AfterEach
	void empty() {
		redis.admin().commands().configSet("maxmemory", "0");
		redis.admin().commands().configSet("maxmemory-policy", "noeviction");
		redis.admin().commands().flushall();
	}

	private static SessionRecord record(long version, int bytes, Duration life) {
		return new SessionRecord(version, Instant.now().plus(life), new byte[bytes]);
	}

	private static SessionRecord record(long version, int bytes) {
		return record(version, bytes, Duration.ofHours(1));
	}

	private static long timeToLive() {
		return redis.admin().commands().pttl(("session:" + KEY).getBytes(StandardCharsets.US_ASCII));
	}

	@Test
	void theTimeToLiveIsWhatIsLeftOfTheRecord() {
		this.strategy.createData(KEY, record(1, 10));
		assertThat(timeToLive()).isCloseTo(3_600_000, within(2000L));
		this.strategy.updateData(KEY, record(2, 10, Duration.ofMinutes(1)));
		assertThat(timeToLive()).isCloseTo(60_000, within(2000L));
		this.strategy.updateData(KEY, record(3, 10, Duration.ofDays(400_000)));
		assertThat(timeToLive()).isGreaterThan(Duration.ofDays(36_000).toMillis());
		this.strategy.updateData(KEY, record(4, 10, Duration.ZERO));
		RedisProcess.await("it is gone", Duration.ofSeconds(1), () -> timeToLive() == -2);
		assertThat(this.strategy.createData(KEY, record(1, 10, Duration.ofDays(-1)))).isTrue();
		RedisProcess.await("it is gone", Duration.ofSeconds(1), () -> timeToLive() == -2);
	}

	@Test
	void theScriptIsSentAgainWhereTheServerLostIt() {
		this.strategy.createData(KEY, record(1, 10));
		redis.admin().commands().scriptFlush();
		assertThat(this.strategy.updateData(KEY, record(2, 10))).isEqualTo(UpdateOutcome.UPDATED);
		redis.admin().commands().configResetstat();
		assertThat(this.strategy.updateData(KEY, record(3, 10))).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(redis.admin().commandCounts()).containsEntry("evalsha", 1L).doesNotContainKey("eval");
	}

	@Test
	void aFullServerSaysSoAndStillReadsAndRemoves() {
		this.strategy.createData(KEY, record(1, 1000));
		SessionRecord stored = this.strategy.readData(KEY);
		redis.admin().commands().configSet("maxmemory", "100kb");
		String other = KEY.replace('0', '9');
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> this.strategy.createData(other, record(1, 10)))
			.withMessageContaining("maxmemory")
			.withMessageNotContaining(other.substring(0, 9));
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> this.strategy.updateData(KEY, record(2, 2000)))
			.withMessageContaining("maxmemory");
		assertThat(this.strategy.readData(KEY)).isEqualTo(stored);
		assertThat(this.strategy.updateData(KEY, record(3, 10))).isEqualTo(UpdateOutcome.CONFLICT);
		this.strategy.deleteData(KEY);
		assertThat(this.strategy.readData(KEY)).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 10, 1000 })
	void aFullServerStillTakesARecordThatDoesNotGrow(int bytes) {
		this.strategy.createData(KEY, record(1, 1000));
		redis.admin().commands().configSet("maxmemory", "100kb");
		assertThat(this.strategy.updateData(KEY, record(2, bytes))).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(this.strategy.readData(KEY).body()).hasSize(bytes);
		assertThat(timeToLive()).isCloseTo(3_600_000, within(2000L));
	}

	@Test
	void aFullServerThatTakesNoNewRecordLeavesTheOldOneAsItIs() {
		this.strategy.createData(KEY, record(1, 1000));
		SessionRecord stored = this.strategy.readData(KEY);
		String other = KEY.replace('0', '9');
		redis.admin().commands().configSet("maxmemory", "100kb");
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> this.strategy.moveData(KEY, record(2, 0), other, record(1, 10)))
			.withMessageContaining("maxmemory");
		assertThat(this.strategy.readData(KEY)).isEqualTo(stored);
		assertThat(this.strategy.readData(other)).isNull();
		redis.admin().commands().configSet("maxmemory", "0");
		assertThat(this.strategy.moveData(KEY, record(2, 0), other, record(1, 10))).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(this.strategy.readData(KEY).isTombstone()).isTrue();
	}

	@Test
	void whereverMemoryEndsThereIsTheOldRecordOrTheNewOneAndATombstone() {
		this.strategy.createData(KEY, record(1, 10));
		SessionRecord stored = this.strategy.readData(KEY);
		String other = KEY.replace('0', '9');
		long used = Long.parseLong(redis.admin().info("memory").get("used_memory").trim());
		int refused = 0;
		for (int more = 0; !isMoved(other, used + more); more += 20_000) {
			assertThat(this.strategy.readData(KEY)).isEqualTo(stored);
			assertThat(this.strategy.readData(other)).isNull();
			assertThat(more).isLessThan(5_000_000);
			refused++;
		}
		assertThat(refused).isPositive();
		assertThat(this.strategy.readData(KEY).isTombstone()).isTrue();
		assertThat(this.strategy.readData(other).body()).hasSize(200_000);
	}

	private boolean isMoved(String other, long maxmemory) {
		redis.admin().commands().configSet("maxmemory", Long.toString(maxmemory));
		try {
			return this.strategy.moveData(KEY, record(2, 0), other, record(1, 200_000)).isUpdated();
		}
		catch (SessionStorageException ex) {
			assertThat(ex).hasMessageContaining("maxmemory");
			return false;
		}
	}

	@Test
	void aNewKeyThatIsTakenIsAFailureAndChangesNothing() {
		String other = KEY.replace('0', '9');
		this.strategy.createData(KEY, record(1, 10));
		this.strategy.createData(other, record(1, 20));
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> this.strategy.moveData(KEY, record(2, 0), other, record(1, 30)))
			.withMessageContaining("The new key is taken");
		assertThat(this.strategy.readData(KEY).body()).hasSize(10);
		assertThat(this.strategy.readData(other).body()).hasSize(20);
	}

	@Test
	void aRefusedWriteHandsBackTheRecordThatIsThere() {
		this.strategy.createData(KEY, record(1, 10));
		this.strategy.updateData(KEY, record(2, 20));
		SessionRecord stored = this.strategy.readData(KEY);
		assertThat(this.strategy.updateData(KEY, record(2, 30)).present()).isEqualTo(stored);
		assertThat(this.strategy.moveData(KEY, record(2, 0), KEY.replace('0', '9'), record(1, 30)).present())
			.isEqualTo(stored);
		byte[] redisKey = ("session:" + KEY).getBytes(StandardCharsets.US_ASCII);
		redis.admin().commands().append(redisKey, new byte[] { 'x' });
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(this.strategy.updateData(KEY, record(2, 30))).as("damaged").isEqualTo(UpdateOutcome.GONE);
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("not readable");
		}
	}

	@Test
	void aLogoutFromAFullServerIsFinal() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("userId", "42"));
		Browser stolen = browser.copy();
		redis.admin().commands().configSet("maxmemory", "100kb");
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(browser.visit(Session::destroy).isDeletion()).isTrue();
			assertThat(log.events()).isEmpty();
		}
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void whatIsEvictedIsAbsentAndNothingFails() {
		redis.admin().commands().configSet("maxmemory-policy", "allkeys-lru");
		long used = Long.parseLong(redis.admin().info("memory").get("used_memory").trim());
		redis.admin().commands().configSet("maxmemory", Long.toString(used + 1_000_000));
		List<Browser> browsers = new ArrayList<>();
		for (int i = 0; i < 600; i++) {
			String user = "user" + i;
			Browser browser = new Browser(this.storage);
			browser.visit((session) -> {
				session.set("userId", user);
				session.set("padding", "x".repeat(4000));
			});
			browsers.add(browser);
		}
		int kept = 0;
		for (int i = 0; i < browsers.size(); i++) {
			Object user = browsers.get(i).get("userId");
			assertThat(user).isIn(null, "user" + i);
			kept += (user != null) ? 1 : 0;
		}
		assertThat(kept).isBetween(50, 400);
		browsers.get(0).visit((session) -> session.set("userId", "again"));
		assertThat(browsers.get(0).get("userId")).isEqualTo("again");
	}

	@Test
	void neitherIdNorCookieNorSecretIsAtRestOrInTheLog() {
		List<String> confidential = new ArrayList<>(List.of(SECRET));
		List<String> seen = new ArrayList<>();
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.TRACE)) {
			Browser browser = new Browser(this.storage);
			browser.visit((session) -> session.set("a", VALUE));
			remember(browser, confidential);
			browser.visit(Session::regenerateId);
			remember(browser, confidential);
			redis.admin().dump().forEach((bytes) -> seen.add(new String(bytes, StandardCharsets.ISO_8859_1)));
			for (byte[] key : redis.admin().keys()) {
				redis.admin().commands().setrange(key, 0, new byte[] { 'x' });
			}
			browser.get("a");
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("not readable");
			assertThat(log.events())
				.allSatisfy((event) -> assertThat(event.getFormattedMessage()).doesNotContain(VALUE, "session:"));
			log.events().forEach((event) -> seen.add(event.getFormattedMessage()));
		}
		assertThat(confidential).hasSize(5);
		assertThat(seen).hasSize(6).allSatisfy((text) -> assertThat(text).doesNotContain(confidential));
	}

	@Test
	void aFailureNamesNeitherKeyNorValueInItsWholeChain() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("a", VALUE));
		redis.admin().commands().configSet("maxmemory", "100kb");
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> browser.visit((session) -> session.set("b", VALUE.repeat(100))))
			.satisfies((failure) -> {
				for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
					assertThat(cause.toString()).doesNotContain(VALUE, "session:", browser.open().id());
				}
			});
	}

	private static void remember(Browser browser, List<String> confidential) {
		confidential.add(browser.open().id());
		confidential.add(browser.header().substring("__session=".length()));
	}

}
