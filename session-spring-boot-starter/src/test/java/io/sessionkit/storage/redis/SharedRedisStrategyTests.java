package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.lettuce.core.api.sync.RedisCommands;
import io.sessionkit.Session;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import io.sessionkit.SharedStorageStrategy;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.Browser;
import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What a peer finds in Redis, and what we make of what it wrote. */
class SharedRedisStrategyTests {

	private static final String ID = "5f0e9b0e-4d3f-4a33-9f3a-6f7f5d0a3c11";

	private final RedisTopology.Started redis = RedisTopology.SINGLE.started();

	private final RedisCommands<byte[], byte[]> commands = this.redis.masters().get(0).commands();

	private final SessionCookie cookie = cookie(CookieFormat.REACT_ROUTER);

	private final SessionStorage storage = storage(CookieFormat.REACT_ROUTER);

	private final SharedRedisStorageStrategy strategy = strategy(CookieFormat.REACT_ROUTER);

	private static SessionCookie cookie(CookieFormat format) {
		return SessionCookie.builder("__session")
			.format(format)
			.signedWith("a secret that is shared with a peer")
			.build();
	}

	private SharedRedisStorageStrategy strategy(CookieFormat format) {
		return new SharedRedisStorageStrategy(this.redis.connections(), "peer:", format);
	}

	private SessionStorage storage(CookieFormat format) {
		return SessionStorage.of(cookie(format), strategy(format));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private String stored(String id) {
		byte[] stored = this.commands.get(bytes("peer:" + id));
		return (stored != null) ? new String(stored, StandardCharsets.UTF_8) : "";
	}

	private Browser visitor(String id) {
		Browser browser = new Browser(this.storage);
		browser.receive(this.cookie.header(this.cookie.seal(CookiePurpose.SESSION_ID, bytes("\"" + id + "\""))));
		return browser;
	}

	@Test
	void aSessionIsTheJsonOfItsDataUnderItsIdWithATimeToLive() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> {
			session.set("userId", "123");
			session.set("price", 2.50);
			session.flash("error", "Invalid \ud83d\ude00");
		});
		String id = browser.open().id();
		assertThat(stored(id))
			.isEqualTo("{\"userId\":\"123\",\"price\":2.5,\"__flash_error__\":\"Invalid \ud83d\ude00\"}");
		assertThat(this.commands.ttl(bytes("peer:" + id))).isBetween(1790L, 1800L);
	}

	@Test
	void aSessionOfRemixIsValuesAndFlash() {
		Browser browser = new Browser(storage(CookieFormat.REMIX));
		browser.visit((session) -> {
			session.set("userId", "123");
			session.flash("error", "no");
		});
		assertThat(stored(browser.open().id())).isEqualTo("[{\"userId\":\"123\"},{\"error\":\"no\"}]");
	}

	@Test
	void whatAPeerWroteIsReadAndKeepsItsTimeToLive() {
		this.commands.setex(bytes("peer:" + ID), 3600, bytes("{\"userId\":\"123\",\"__flash_error__\":\"no\"}"));
		Session session = visitor(ID).open();
		assertThat(session.id()).isEqualTo(ID);
		assertThat(session.get("userId")).isEqualTo("123");
		assertThat(session.get("error")).isEqualTo("no");
		assertThat(session.expiresAt()).isBetween(Instant.now().plusSeconds(3590), Instant.now().plusSeconds(3601));
	}

	@Test
	void aRecordWithoutATimeToLiveNeverEndsUntilWeWriteIt() {
		this.commands.set(bytes("peer:" + ID), bytes("{\"userId\":\"123\"}"));
		Browser browser = visitor(ID);
		assertThat(browser.open().expiresAt()).isEqualTo(SharedStorageStrategy.NEVER);
		assertThat(browser.get("userId")).isEqualTo("123");
		assertThat(this.commands.ttl(bytes("peer:" + ID))).isEqualTo(-1);
		browser.visit((session) -> session.set("a", 1));
		assertThat(this.commands.ttl(bytes("peer:" + ID))).isBetween(1790L, 1800L);
	}

	@Test
	void anEndedSessionLeavesNothingThatAPeerWouldRead() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("userId", "123"));
		String id = browser.open().id();
		Browser stolen = browser.copy();
		browser.visit(Session::destroy);
		assertThat(this.commands.exists(bytes("peer:" + id))).isZero();
		assertThat(this.commands.ttl(bytes("{peer:" + id + "}:ended"))).isBetween(140L, 150L);
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void whatAPeerStillWritesAfterOurLogoutIsNotOurSession() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("userId", "123"));
		String id = browser.open().id();
		Browser stolen = browser.copy();
		browser.visit(Session::destroy);
		this.commands.setex(bytes("peer:" + id), 3600, bytes("{\"userId\":\"123\"}"));
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void ourChangeIsReplayedOnWhatAPeerWroteMeanwhile() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("userId", "123"));
		Session slow = browser.open();
		slow.set("cart", 1);
		String id = browser.open().id();
		this.commands.setex(bytes("peer:" + id), 3600, bytes("{\"userId\":\"123\",\"theme\":\"dark\"}"));
		browser.close(slow);
		assertThat(stored(id)).isEqualTo("{\"userId\":\"123\",\"theme\":\"dark\",\"cart\":1}");
	}

	@Test
	void aSessionThatAPeerDeletedMeanwhileIsNotBroughtBack() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("userId", "123"));
		Session slow = browser.open();
		slow.set("cart", 1);
		String id = browser.open().id();
		this.commands.del(bytes("peer:" + id));
		assertThat(browser.close(slow)).isNull();
		assertThat(stored(id)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "null", "[]", "\"text\"", "{\"a\":1", "{\"a\":1,\"a\":2}", "[{},{}]", "{} {}" })
	void whatIsNoSessionIsAnonymousAndCanBeEnded(String body) {
		this.commands.set(bytes("peer:" + ID), bytes(body));
		Browser browser = visitor(ID);
		assertThat(browser.hasSession()).isFalse();
		assertThat(browser.visit(Session::destroy).isDeletion()).isTrue();
		assertThat(this.commands.exists(bytes("peer:" + ID))).isZero();
	}

	@Test
	void whatIsNoStringIsAbsent() {
		this.commands.del(bytes("peer:" + ID));
		this.commands.lpush(bytes("peer:" + ID), bytes("x"));
		assertThat(this.strategy.readData(ID)).isNull();
		assertThat(this.strategy.updateData(ID, record(2, "{}"))).isEqualTo(UpdateOutcome.GONE);
		assertThat(visitor(ID).hasSession()).isFalse();
		this.commands.del(bytes("peer:" + ID));
	}

	private static SessionRecord record(long version, String body) {
		return new SessionRecord(version, Instant.now().plusSeconds(100), bytes(body));
	}

	@Test
	void anUpdateComparesWhatIsStored() {
		String id = "compare-what-is-stored";
		this.strategy.deleteData(id);
		assertThat(this.strategy.createData(id, record(1, "{}"))).isTrue();
		assertThat(this.strategy.createData(id, record(1, "{}"))).isFalse();
		long version = SharedStorageStrategy.version(bytes("{}"));
		assertThat(this.strategy.readData(id).version()).isEqualTo(version);
		assertThat(this.strategy.updateData(id, record(version, "{\"a\":1}"))).isEqualTo(UpdateOutcome.CONFLICT);
		assertThat(this.strategy.updateData(id, record(version + 1, "{\"a\":1}"))).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(this.strategy.updateData(id, record(version + 1, "{\"a\":2}"))).isEqualTo(UpdateOutcome.CONFLICT);
		assertThat(this.strategy.updateData("absent-" + id, record(version + 1, "{}"))).isEqualTo(UpdateOutcome.GONE);
		long next = this.strategy.readData(id).version();
		SessionRecord tombstone = new SessionRecord(next + 1, Instant.now().plusSeconds(100), new byte[0]);
		assertThat(this.strategy.updateData(id, tombstone)).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(this.strategy.readData(id).isTombstone()).isTrue();
		assertThat(this.strategy.updateData(id, record(next + 1, "{}"))).isEqualTo(UpdateOutcome.CONFLICT);
		assertThat(this.strategy.createData(id, record(1, "{}"))).isFalse();
		this.strategy.deleteData(id);
		assertThat(this.strategy.readData(id)).isNull();
		assertThat(this.strategy.createData(id, record(1, "{}"))).isTrue();
	}

	@Test
	void aRefusedWriteHandsBackWhatIsThere() {
		this.commands.setex(bytes("peer:" + ID), 3600, bytes("{\"userId\":\"123\"}"));
		SessionRecord stored = this.strategy.readData(ID);
		SessionRecord present = this.strategy.updateData(ID, record(7, "{}")).present();
		assertThat(present.body()).isEqualTo(stored.body());
		assertThat(present.version()).isEqualTo(stored.version());
		this.strategy.updateData(ID, record(stored.version() + 1, ""));
		assertThat(this.strategy.updateData(ID, record(stored.version() + 1, "{}")).present().isTombstone()).isTrue();
		this.strategy.deleteData(ID);
	}

	@Test
	void aNewIdIsOneCommandAndLeavesOneRecordForThePeer() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("userId", "123"));
		String id = browser.open().id();
		Browser stolen = browser.copy();
		this.commands.configResetstat();
		browser.visit(Session::regenerateId);
		assertThat(this.redis.masters().get(0).commandCounts()).containsEntry("evalsha", 2L);
		assertThat(stored(id)).isEmpty();
		assertThat(stored(browser.open().id())).isEqualTo("{\"userId\":\"123\"}");
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void aMoveThatIsRefusedChangesNothing() {
		String other = "another-id-of-sixteen";
		this.strategy.deleteData(other);
		this.commands.setex(bytes("peer:" + ID), 3600, bytes("{\"userId\":\"123\"}"));
		UpdateOutcome outcome = this.strategy.moveData(ID, record(7, ""), other, record(1, "{}"));
		assertThat(outcome).isEqualTo(UpdateOutcome.CONFLICT);
		SessionRecord present = outcome.present();
		assertThat(stored(other)).isEmpty();
		this.commands.set(bytes("peer:" + other), bytes("{}"));
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(
					() -> this.strategy.moveData(ID, record(present.version() + 1, ""), other, record(1, "{\"a\":1}")))
			.withMessageContaining("The new key is taken");
		assertThat(stored(ID)).isEqualTo("{\"userId\":\"123\"}");
		assertThat(stored(other)).isEqualTo("{}");
		this.strategy.deleteData(other);
		this.commands.configSet("maxmemory", "100kb");
		try {
			assertThatExceptionOfType(SessionStorageException.class)
				.isThrownBy(() -> this.strategy.moveData(ID, record(present.version() + 1, ""), other, record(1, "{}")))
				.withMessageContaining("maxmemory");
		}
		finally {
			this.commands.configSet("maxmemory", "0");
		}
		assertThat(stored(ID)).isEqualTo("{\"userId\":\"123\"}");
		assertThat(stored(other)).isEmpty();
		assertThat(this.strategy.moveData("absent-" + ID, record(present.version() + 1, ""), other, record(1, "{}")))
			.isEqualTo(UpdateOutcome.GONE);
		assertThat(stored(other)).isEmpty();
	}

	@Test
	void eachCallIsOneCommand() {
		this.strategy.deleteData("a-random-id-of-sixteen");
		this.strategy.readData("a-random-id-of-sixteen");
		this.strategy.updateData("a-random-id-of-sixteen", record(2, "{}"));
		this.commands.configResetstat();
		this.strategy.createData("a-random-id-of-sixteen", record(1, "{}"));
		this.strategy.readData("a-random-id-of-sixteen");
		this.strategy.updateData("a-random-id-of-sixteen",
				record(SharedStorageStrategy.version(bytes("{}")) + 1, "{}"));
		this.strategy.deleteData("a-random-id-of-sixteen");
		assertThat(this.redis.masters().get(0).commandCounts()).containsEntry("evalsha", 3L)
			.containsEntry("del", 1L)
			.doesNotContainKey("eval");
	}

	@Test
	void aPrefixWithAHashTagKeepsItsSlot() {
		SharedRedisStorageStrategy tagged = new SharedRedisStorageStrategy(this.redis.connections(), "{app}:",
				CookieFormat.REMIX);
		tagged.createData(ID, record(1, "[{},{}]"));
		long version = tagged.readData(ID).version();
		tagged.updateData(ID, new SessionRecord(version + 1, Instant.now().plusSeconds(100), new byte[0]));
		assertThat(this.commands.exists(bytes("{app}:" + ID + ":ended"))).isOne();
		for (String prefix : List.of("{", "}", "a{}b:", "a}{b")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> new SharedRedisStorageStrategy(this.redis.connections(), prefix, CookieFormat.REMIX));
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SharedRedisStorageStrategy(this.redis.connections(), "a:", CookieFormat.DEFAULT));
	}

	@Test
	void aRenewalProlongsTheTimeToLiveAndChangesNothing() {
		String body = "{ \"userId\" : 1.0 }";
		this.commands.setex(bytes("peer:" + ID), 100, bytes(body));
		assertThat(visitor(ID).get("userId")).isNotNull();
		assertThat(stored(ID)).isEqualTo("{\"userId\":1.0}");
		assertThat(this.commands.ttl(bytes("peer:" + ID))).isGreaterThan(Duration.ofMinutes(29).toSeconds());
	}

}
