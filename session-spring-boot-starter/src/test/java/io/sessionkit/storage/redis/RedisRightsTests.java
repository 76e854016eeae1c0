package io.sessionkit.storage.redis;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import io.sessionkit.Session;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import io.sessionkit.SubjectSessions;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.Browser;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.autoconfigure.OwnConnections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a user of Redis may do is told apart from a server that is away, and what others
 * put under our keys ends nothing but those sessions.
 */
class RedisRightsTests {

	private static final String KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

	/** As the README has them. */
	private static final String RIGHTS = "+get +set +del +getrange +strlen +eval +evalsha";

	private static final String LISTING_RIGHTS = "+mget";

	private static RedisProcess redis;

	@BeforeAll
	static void start() {
		redis = RedisProcess.running();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	/** A user with these rights alone, and what an application says at its start. */
	private static OwnConnections connect(String user, String password, String rights, String... properties) {
		acl("SETUSER", (user + " reset on >right -@all " + rights).split(" "));
		return new OwnConnections(OwnConnections.with(OwnConnections.with(redis.properties(), properties),
				"spring.data.redis.username=" + user, "spring.data.redis.password=" + password));
	}

	private static void acl(String verb, String... arguments) {
		redis.admin().acl(verb, arguments);
	}

	private static SessionRecord record(long version) {
		return new SessionRecord(version, Instant.now().plus(Duration.ofHours(1)), new byte[] { '[', ']' });
	}

	@Test
	void whatAFactoryOfTheApplicationPrintsOfItselfIsNotRepeated() {
		RedisConnectionFactory own = (RedisConnectionFactory) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { RedisConnectionFactory.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("toString")) {
						return "Own[host=redis, password=hunter2]";
					}
					throw new RedisConnectionFailureException("away");
				});
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> new RedisStorageStrategy(own, "session:").readData(KEY))
			.withMessageStartingWith("Redis failed to read")
			.withMessageContaining("away")
			.withMessageNotContaining("hunter2");
	}

	@Test
	void theRightsOfTheReadmeAreAllThatSessionsNeed() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN);
				OwnConnections connections = connect("plain", "right", "~session:* " + RIGHTS)) {
			RedisStorageStrategy strategy = new RedisStorageStrategy(connections.factory(), "session:");
			SessionStorage storage = SessionStorage.of(
					SessionCookie.builder("__session").signedWith("a secret of the rights tests 01234").build(),
					strategy);
			Browser browser = new Browser(storage);
			browser.visit((session) -> session.set("a", 1));
			browser.visit(Session::regenerateId);
			browser.visit((session) -> session.set("a", 2));
			assertThat(browser.visit(Session::destroy).isDeletion()).isTrue();
			strategy.deleteData(KEY);
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
	}

	@Test
	void withTheRightsForListingASubjectIsFound() {
		try (OwnConnections connections = connect("lister", "right", "~session:* " + RIGHTS + " " + LISTING_RIGHTS)) {
			RedisStorageStrategy strategy = new RedisStorageStrategy(connections.factory(), "session:");
			SessionStorage storage = SessionStorage.of(
					SessionCookie.builder("__session").signedWith("a secret of the rights tests 01234").build(),
					strategy);
			new Browser(storage).visit((session) -> session.subject("42"));
			SubjectSessions sessions = new SubjectSessions(storage);
			assertThat(sessions.list("42")).hasSize(1);
			sessions.endAll("42");
			assertThat(sessions.count("42")).isZero();
		}
	}

	@Test
	void withTheRightsForSharingAPeersRecordsAreKept() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN);
				OwnConnections connections = connect("sharer", "right",
						"~session:* ~{session:*}:ended +get +set +del +pttl +eval +evalsha",
						"sessionkit.format=react-router")) {
			SharedRedisStorageStrategy strategy = new SharedRedisStorageStrategy(connections.factory(), "session:",
					CookieFormat.REACT_ROUTER);
			String key = KEY.replace('0', '1');
			assertThat(strategy.createData(key, record(1))).isTrue();
			SessionRecord stored = strategy.readData(key);
			assertThat(strategy.updateData(key, record(stored.version() + 1))).isEqualTo(UpdateOutcome.UPDATED);
			SessionRecord tombstone = new SessionRecord(strategy.readData(key).version() + 1,
					Instant.now().plusSeconds(100), new byte[0]);
			assertThat(strategy.moveData(key, tombstone, KEY.replace('0', '2'), record(1)))
				.isEqualTo(UpdateOutcome.UPDATED);
			strategy.deleteData(key);
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					~session:* +get              | right | denied permission to write | NOPERM this user has no permissions to run the 'evalsha' command
					~other:* +@all               | right | denied permission to read | NOPERM this user has no permissions to access
					~session:* +get +eval +evalsha +getrange | right | denied permission to delete | NOPERM this user has no permissions to run the 'del' command
					~session:* +@all             | wrong | rejected the user or the password | WRONGPASS
					""")
	void whatIsMissingIsSaidAtTheStartInTheServersOwnWords(String rights, String password, String what, String words) {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN);
				OwnConnections connections = connect("limited", password, rights)) {
			assertThat(connections.factory()).hasToString("127.0.0.1:" + redis.port());
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("Redis at 127.0.0.1:" + redis.port(), what, words);
		}
	}

	@Test
	void aFailureOfARequestSaysSoTooWithoutItsKey() {
		try (OwnConnections connections = connect("reader", "right", "~session:* +get")) {
			RedisStorageStrategy strategy = new RedisStorageStrategy(connections.factory(), "session:");
			assertThatExceptionOfType(SessionStorageException.class)
				.isThrownBy(() -> strategy.createData(KEY, record(1)))
				.withMessageContaining("NOPERM")
				.withMessageContaining("~session:* and the commands " + RIGHTS)
				.withMessageNotContaining(KEY);
		}
	}

	@Test
	void aKeyOfOursThatHoldsAnotherTypeIsAnAnonymousSessionWithAWarning() {
		try (OwnConnections connections = new OwnConnections(redis.properties())) {
			RedisStorageStrategy strategy = new RedisStorageStrategy(connections.factory(), "session:");
			redis.admin().commands().lpush(bytes("session:" + KEY), bytes("foreign"));
			try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
				assertThat(strategy.readData(KEY)).isNull();
				assertThat(log.messages(Level.WARN)).singleElement().asString().contains("not readable");
			}
			assertThat(strategy.updateData(KEY, record(2))).isEqualTo(UpdateOutcome.GONE);
			assertThat(strategy.createData(KEY, record(1))).isTrue();
			assertThat(strategy.readData(KEY)).isEqualTo(record(1, strategy.readData(KEY).expires()));
			redis.admin().commands().del(bytes("session:" + KEY));
			redis.admin().commands().lpush(bytes("session:" + KEY), bytes("foreign"));
			strategy.deleteData(KEY);
			assertThat(redis.admin().commands().exists(bytes("session:" + KEY))).isZero();
		}
	}

	private static SessionRecord record(long version, Instant expires) {
		return new SessionRecord(version, expires, new byte[] { '[', ']' });
	}

	@ParameterizedTest
	@EnumSource(names = { "SINGLE", "CLUSTER" })
	void amongSeveralKeysOneOfAnotherTypeIsAbsent(RedisTopology topology) {
		RedisStorageStrategy strategy = new RedisStorageStrategy(topology.started().connections(), "several:");
		List<String> keys = IntStream.range(1, 9).mapToObj((i) -> KEY.replace("0", "" + i)).toList();
		keys.forEach(strategy::deleteData);
		keys.subList(1, 8).forEach((key) -> strategy.createData(key, record(1)));
		byte[] foreign = bytes("several:" + keys.get(0));
		topology.started().masterOf(foreign).commands().lpush(foreign, bytes("foreign"));
		assertThat(strategy.readAll(keys)).containsOnlyKeys(keys.subList(1, 8));
	}

	@Test
	void aSharedKeyThatHoldsAnotherTypeIsAnAnonymousSessionWithAWarning() {
		try (OwnConnections connections = new OwnConnections(redis.properties())) {
			SharedRedisStorageStrategy strategy = new SharedRedisStorageStrategy(connections.factory(), "shared:",
					CookieFormat.REACT_ROUTER);
			redis.admin().commands().lpush(bytes("shared:" + KEY), bytes("foreign"));
			try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
				assertThat(strategy.readData(KEY)).isNull();
				assertThat(log.messages(Level.WARN)).singleElement()
					.asString()
					.contains("React Router", "another type");
			}
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
