package io.sessionkit.storage.redis;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request costs, counted by the server (G2). Its statistics count the commands
 * that a script calls too, so each script is one EVALSHA, the round trip, with one
 * GETRANGE and at most one SET, which cost none.
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

	private static final Map<String, Long> A_READ_AND_TWO_WRITES = Map.of("get", 1L, "evalsha", 2L, "getrange", 2L,
			"set", 2L);

	private final MutableClock clock = new MutableClock();

	@BeforeAll
	static void letTheServerLearnTheScript() {
		new RedisBudgetTests().visitor();
	}

	private Browser visitor() {
		RedisStorageStrategy strategy = new RedisStorageStrategy(RedisTopology.SINGLE.started().connections(),
				"budget:", this.clock);
		Browser browser = new Browser(SessionStorage.builder(COOKIE, strategy).clock(this.clock).build());
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
		assertCost(Session::regenerateId, A_READ_AND_TWO_WRITES);
	}

	private void assertCost(Consumer<Session> handler, Map<String, Long> commands) {
		Browser browser = visitor();
		assertThat(commands(() -> browser.visit(handler))).containsExactlyInAnyOrderEntriesOf(commands);
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
