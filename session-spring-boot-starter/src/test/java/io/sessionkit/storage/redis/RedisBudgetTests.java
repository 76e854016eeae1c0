package io.sessionkit.storage.redis;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request costs, counted by the server (G2). Its statistics count the commands
 * that a script calls too, so each script is one EVALSHA, the round trip, with one
 * GETRANGE, a SET for each record that it writes, or the GET of what is in its way, which
 * cost none.
 */
class RedisBudgetTests {

	private static final Set<String> NOT_OURS = Set.of("info", "config", "ping", "client", "hello", "auth", "command",
			"publish", "subscribe");

	private static final SessionCookie COOKIE = SessionCookie.builder("__session")
		.signedWith("a secret of the budget tests 0123")
		.build();

	private static final Map<String, Long> NOTHING = Map.of();

	private static final Map<String, Long> ONE_READ = Map.of("get", 1L);

	private static final Map<String, Long> ONE_WRITE = Map.of("evalsha", 1L, "getrange", 1L, "set", 1L);

	private static final Map<String, Long> A_READ_AND_A_WRITE = Map.of("get", 1L, "evalsha", 1L, "getrange", 1L, "set",
			1L);

	private static final Map<String, Long> A_READ_AND_A_MOVE = Map.of("get", 1L, "evalsha", 1L, "getrange", 1L, "set",
			2L);

	private final MutableClock clock = new MutableClock();

	@BeforeAll
	static void letTheServerLearnTheScript() {
		new RedisBudgetTests().visitor();
	}

	private SessionStorage storage() {
		RedisStorageStrategy strategy = new RedisStorageStrategy(RedisTopology.SINGLE.started().connections(),
				"budget:", this.clock);
		return SessionStorage.builder(COOKIE, strategy).clock(this.clock).build();
	}

	private Browser visitor() {
		Browser browser = new Browser(storage());
		browser.visit((session) -> session.set("a", 1));
		return browser;
	}

	private static Map<String, Long> commands(Runnable requests) {
		RedisAdmin server = RedisTopology.SINGLE.started().masters().get(0);
		server.commands().configResetstat();
		requests.run();
		Map<String, Long> counts = server.commandCounts();
		counts.keySet().removeIf((command) -> NOT_OURS.contains(command.replaceFirst("[|].*", "")));
		return counts;
	}

	@Test
	void eachKindOfRequestStaysInItsBudget() {
		assertCost((session) -> {
		}, NOTHING);
		assertCost((session) -> session.get("a"), ONE_READ);
		assertCost((session) -> session.set("a", 2), A_READ_AND_A_WRITE);
		assertCost(Session::destroy, A_READ_AND_A_WRITE);
		assertCost(Session::regenerateId, A_READ_AND_A_MOVE);
	}

	private void assertCost(Consumer<Session> handler, Map<String, Long> commands) {
		Browser browser = visitor();
		assertThat(commands(() -> browser.visit(handler))).containsExactlyInAnyOrderEntriesOf(commands);
	}

	@Test
	void aConflictIsOneCommandMoreForANewIdToo() {
		assertThat(conflict((session) -> session.set("b", 1)))
			.containsExactlyInAnyOrderEntriesOf(Map.of("evalsha", 2L, "getrange", 2L, "get", 1L, "set", 1L));
		assertThat(conflict(Session::regenerateId))
			.containsExactlyInAnyOrderEntriesOf(Map.of("evalsha", 2L, "getrange", 2L, "get", 1L, "set", 2L));
	}

	/** What a commit costs that meets what another request wrote. */
	private Map<String, Long> conflict(Consumer<Session> handler) {
		Browser browser = visitor();
		Session session = browser.open();
		session.set("c", 1);
		handler.accept(session);
		browser.copy().visit((other) -> other.set("a", 2));
		return commands(() -> browser.close(session));
	}

	@Test
	void aLoginIsFourCommandsAListOfAHundredTwoAndALogoutTwo() {
		SubjectSessions sessions = new SubjectSessions(storage());
		sessions.endAll("42");
		Browser browser = null;
		for (int i = 0; i < 100; i++) {
			browser = visitor();
			Browser each = browser;
			Map<String, Long> login = commands(() -> each.visit((session) -> {
				session.regenerateId();
				session.subject("42");
			}));
			assertThat(login)
				.containsExactlyInAnyOrderEntriesOf(Map.of("get", 2L, "evalsha", 2L, "getrange", 2L, "set", 3L));
		}
		assertThat(commands(() -> assertThat(sessions.list("42")).hasSize(100)))
			.containsExactlyInAnyOrderEntriesOf(Map.of("get", 1L, "mget", 1L));
		Browser last = browser;
		assertThat(commands(() -> last.visit(Session::destroy))).containsExactlyInAnyOrderEntriesOf(A_READ_AND_A_WRITE);
	}

	/** Where the keys are of one slot by a hash tag in their prefix. */
	@Test
	void inAClusterANewIdIsOneCommandOrTwo() {
		assertThat(scripts("cluster:")).isEqualTo(3);
		assertThat(scripts("{cluster}:")).isEqualTo(2);
	}

	private long scripts(String prefix) {
		RedisTopology.Started cluster = RedisTopology.CLUSTER.started();
		RedisStorageStrategy strategy = new RedisStorageStrategy(cluster.connections(), prefix, this.clock);
		SessionStorage storage = SessionStorage.builder(COOKIE, strategy).clock(this.clock).build();
		long count = 0;
		cluster.masters().forEach((master) -> master.commands().configResetstat());
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		browser.visit(Session::regenerateId);
		assertThat(browser.get("a")).isEqualTo(1L);
		for (RedisAdmin master : cluster.masters()) {
			count += master.commandCounts().getOrDefault("evalsha", 0L);
		}
		return count;
	}

	@Test
	void aNewSessionIsOneWriteAndAForgedCookieNothing() {
		assertThat(commands(() -> visitor())).containsExactlyInAnyOrderEntriesOf(ONE_WRITE);
		SessionStorage storage = SessionStorage.of(COOKIE,
				new RedisStorageStrategy(RedisTopology.SINGLE.started().connections(), "budget:"));
		String forged = "__session=i1.AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Og";
		assertThat(commands(() -> assertThat(storage.getSession(forged).get("a")).isNull())).isEmpty();
	}

	@Test
	void readingRenewsOncePerTenthOfTheLife() {
		Browser browser = visitor();
		assertThat(commands(() -> {
			for (int second = 0; second < 1800; second += 20) {
				this.clock.advance(Duration.ofSeconds(20));
				browser.visit((session) -> session.get("a"));
			}
		})).containsEntry("get", 90L).containsEntry("evalsha", 10L).doesNotContainKey("del");
	}

}
