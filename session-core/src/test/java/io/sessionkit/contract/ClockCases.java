package io.sessionkit.contract;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of the {@link RecordStorageContract}: clocks that are wrong, jump, or differ between
 * two nodes over one store.
 */
interface ClockCases extends StorageFixture {

	Duration APART = Duration.ofSeconds(90);

	/** A storage over the same store, on a node whose clock is ahead by this much. */
	SessionStorage nodeAhead(Duration ahead, Consumer<SessionStorage.Builder> options);

	@Test
	default void whatHasExpiredByAClockOneHourForwardIsAnonymousAndALoginWorks() {
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("userId", "42"));
		Browser longLived = new Browser(storage);
		longLived.visit((session) -> {
			session.set("userId", "43");
			session.maxAge(Duration.ofHours(3));
		});
		Browser copy = browser.copy();
		clock().advance(Duration.ofHours(1));
		assertThat(browser.hasSession()).isFalse();
		assertThat(browser.ask(Session::data)).isEmpty();
		assertThat(longLived.get("userId")).isEqualTo("43");
		browser.visit(ClockCases::login);
		assertThat(browser.get("userId")).isEqualTo("42");
		assertThat(SetCookie.of(storage.destroySession(copy.open())).isDeletion()).isTrue();
	}

	@Test
	default void aClockThatWasOneHourForwardLeavesNothingCorrupt() {
		SessionStorage storage = storage((options) -> options.idleTimeout(Duration.ofHours(3)));
		Browser read = loggedIn(storage);
		Browser written = loggedIn(storage);
		Browser left = loggedIn(storage);
		clock().advance(Duration.ofHours(1));
		assertThat(read.get("userId")).isEqualTo("42");
		written.visit((session) -> session.set("cart", 1));
		Browser old = left.copy();
		left.visit(ClockCases::login);
		Browser begun = loggedIn(storage);
		clock().advance(Duration.ofHours(-1));
		assertThat(read.get("userId")).isEqualTo("42");
		assertThat(written.get("cart")).isEqualTo(1L);
		assertThat(written.visit((session) -> session.set("cart", 2))).isNull();
		assertThat(written.get("cart")).isEqualTo(2L);
		assertThat(old.hasSession()).isFalse();
		for (Browser ahead : List.of(left, begun)) {
			assertThat(ahead.hasSession()).as("its cookie is an hour from the future").isFalse();
			ahead.visit(ClockCases::login);
			assertThat(ahead.get("userId")).isEqualTo("42");
		}
	}

	@Test
	default void aUserStaysLoggedInWhenTheClockGoesBackAnHour() {
		Browser browser = browser();
		browser.visit((session) -> session.set("userId", "42"));
		for (int i = 0; i < 4; i++) {
			letPass(Duration.ofMinutes(14));
			assertThat(browser.get("userId")).isEqualTo("42");
		}
		clock().advance(Duration.ofHours(-1));
		for (int i = 0; i < 8; i++) {
			assertThat(browser.get("userId")).isEqualTo("42");
			int value = i;
			browser.visit((session) -> session.set("cart", value));
			letPass(Duration.ofMinutes(14));
		}
		Browser stolen = browser.copy();
		browser.visit(Session::regenerateId);
		assertThat(browser.get("userId")).isEqualTo("42");
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	default void aCookieOfTheHourThatAClockWentBackIsAnonymousUntilTheNextLogin() {
		Browser browser = browser();
		browser.visit((session) -> session.set("userId", "42"));
		clock().advance(Duration.ofHours(-1));
		assertThat(browser.hasSession()).isFalse();
		browser.visit(ClockCases::login);
		for (int i = 0; i < 8; i++) {
			assertThat(browser.get("userId")).isEqualTo("42");
			letPass(Duration.ofMinutes(14));
		}
	}

	@Test
	default void nothingOutlivesItsAbsoluteEndByMoreThanTheClockWentBack() {
		SessionStorage storage = storage(
				(options) -> options.idleTimeout(Duration.ofMinutes(90)).absoluteTimeout(Duration.ofHours(2)));
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("userId", "42"));
		letPass(Duration.ofMinutes(56));
		clock().advance(Duration.ofHours(-1));
		for (int i = 0; i < 4; i++) {
			browser.visit((session) -> assertThat(session.get("userId")).isEqualTo("42"));
			browser.visit((session) -> session.maxAge(Duration.ofDays(7)));
			letPass(Duration.ofMinutes(15));
		}
		letPass(Duration.ofMinutes(64));
		assertThat(browser.hasSession()).as("two hours by the clock, three in truth").isFalse();
	}

	@Test
	default void nobodyIsLoggedOutBetweenNodesWhoseClocksAreNinetySecondsApart() {
		Consumer<SessionStorage.Builder> options = (builder) -> builder.idleTimeout(Duration.ofMinutes(10));
		List<SessionStorage> nodes = List.of(storage(options), nodeAhead(APART, options));
		for (int login = 0; login < 2; login++) {
			Browser browser = new Browser(nodes.get(login));
			browser.visit((session) -> session.set("cart", 1));
			Browser stolen = browser.copy();
			browser.visit(ClockCases::login);
			for (int i = 0; i < 40; i++) {
				Browser next = browser.on(nodes.get(i % 2));
				assertThat(stolen.on(nodes.get(i % 2)).hasSession()).isFalse();
				assertThat(next.get("userId")).as("request %d", i).isEqualTo("42");
				int value = i;
				next.visit((session) -> session.set("count", value));
				letPass(Duration.ofMinutes(2));
			}
		}
	}

	@Test
	default void aLateRequestToANodeThatIsAheadOrBehindLogsNobodyOut() {
		List<SessionStorage> nodes = List.of(storage(), nodeAhead(APART, (options) -> {
		}));
		for (int i = 0; i < 2; i++) {
			Browser browser = new Browser(nodes.get(i));
			Browser other = browser.on(nodes.get(1 - i));
			browser.visit((session) -> session.set("cart", 1));
			Browser late = other.copy();
			Session slow = other.open();
			slow.set("cart", 2);
			browser.visit(ClockCases::login);
			assertThat(other.close(slow)).isNull();
			assertThat(late.visit((session) -> session.set("csrf", "x"))).isNull();
			letPass(Duration.ofSeconds(59));
			assertThat(late.visit((session) -> session.set("csrf", "x"))).isNull();
			assertThat(late.hasSession()).isFalse();
			assertThat(other.get("userId")).isEqualTo("42");
		}
	}

	@Test
	default void whatEndsOnANodeThatIsAheadOrBehindStaysEnded() {
		List<SessionStorage> nodes = List.of(storage(), nodeAhead(APART, (options) -> {
		}));
		for (int i = 0; i < 2; i++) {
			Browser browser = new Browser(nodes.get(i));
			browser.visit((session) -> session.set("userId", "42"));
			Browser stolen = browser.copy().on(nodes.get(1 - i));
			Session slow = stolen.open();
			slow.set("cart", 1);
			browser.visit(Session::destroy);
			assertThat(stolen.close(slow)).isNull();
			for (int minute = 0; minute < 5; minute++) {
				assertThat(stolen.hasSession()).isFalse();
				assertThat(stolen.on(nodes.get(i)).hasSession()).isFalse();
				letPass(Duration.ofMinutes(1));
			}
		}
	}

	private static Browser loggedIn(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit(ClockCases::login);
		return browser;
	}

	private static void login(Session session) {
		session.regenerateId();
		session.set("userId", "42");
	}

}
