package io.sessionkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Of the {@link StorageContract}: requests at the same time (G3, G4). */
interface RaceCases extends StorageFixture {

	SessionKey<Integer> COUNT = SessionKey.of("count", Integer.class);

	@Test
	default void manyWritersOfDifferentKeysAllSucceed() {
		requires(Promise.NO_LOST_CHANGE);
		Browser browser = browser();
		browser.visit((session) -> session.set("first", true));
		commitAtOnce(browser, (session, writer) -> session.set("key" + writer, writer));
		assertThat(browser.ask(Session::keys)).containsExactlyInAnyOrderElementsOf(
				IntStream.rangeClosed(0, writers()).mapToObj((i) -> (i < writers()) ? "key" + i : "first").toList());
		assertThat(browser.ask(Session::data)).containsEntry("key7", 7L);
	}

	@Test
	default void manyUpdatesOfOneKeyAllCount() {
		requires(Promise.NO_LOST_CHANGE);
		Browser browser = browser();
		browser.visit((session) -> session.set("first", true));
		commitAtOnce(browser, (session, writer) -> session.update(COUNT, 0, (count) -> count + 1));
		assertThat(browser.get("count")).isEqualTo((long) writers());
	}

	/** Many requests that all began with the same state. */
	private void commitAtOnce(Browser browser, BiConsumer<Session, Integer> handler) {
		List<Session> sessions = new ArrayList<>();
		for (int writer = 0; writer < writers(); writer++) {
			Session session = browser.open();
			handler.accept(session, writer);
			sessions.add(session);
		}
		Race.<@Nullable SetCookie>of(writers(), (writer) -> () -> browser.copy().close(sessions.get(writer)));
	}

	@Test
	default void changesThatBeganWithTheSameStateAreAllKept() {
		requires(Promise.NO_LOST_CHANGE);
		Browser browser = browser();
		browser.visit((session) -> {
			session.set("removed", 1);
			session.set("count", 10);
			session.set("list", List.of("one"));
		});
		List<Session> sessions = IntStream.range(0, 5).mapToObj((i) -> browser.open()).toList();
		sessions.get(0).set("set", 1);
		sessions.get(1).unset("removed");
		sessions.get(2).update(COUNT, 0, (count) -> count + 1);
		sessions.get(3).update(COUNT, 0, (count) -> count + 1);
		sessions.get(4).get(SessionKey.listOf("list", String.class)).add("two");
		sessions.forEach(browser::close);
		assertThat(browser.ask(Session::data).toString()).isEqualTo("{count=12, list=[one, two], set=1}");
	}

	@Test
	default void aDestroyedSessionStaysGoneWhateverWritesAreInFlight() {
		requires(Promise.FINAL_LOGOUT);
		Browser node = browser();
		try (Race race = new Race(2)) {
			for (int round = 0; round < rounds(); round++) {
				Browser browser = node.copy();
				browser.visit((session) -> session.set("userId", "42"));
				Browser stolen = browser.copy();
				Browser other = browser.copy();
				List<@Nullable SetCookie> cookies = race.run(List.of(() -> browser.visit(Session::destroy),
						() -> other.visit((session) -> session.set("cart", 1))));
				assertThat(cookies.get(0).isDeletion()).as("round %d", round).isTrue();
				assertNoCookie(cookies.get(1), round);
				assertDead(stolen, round);
				assertDead(other, round);
			}
		}
	}

	@Test
	default void aLeftIdStaysDeadWhateverWritesAreInFlight() {
		requires(Promise.FINAL_LOGOUT);
		Browser node = browser();
		try (Race race = new Race(2)) {
			for (int round = 0; round < rounds(); round++) {
				Browser browser = node.copy();
				browser.visit((session) -> session.set("cart", 0));
				Browser stolen = browser.copy();
				Browser other = browser.copy();
				List<@Nullable SetCookie> cookies = race.run(List.of(() -> browser.visit((session) -> {
					session.regenerateId();
					session.set("userId", "42");
				}), () -> other.visit((session) -> session.set("theme", "dark"))));
				assertThat(cookies.get(0)).as("round %d", round).isNotNull();
				assertNoCookie(cookies.get(1), round);
				assertDead(stolen, round);
				assertDead(other, round);
				assertThat(browser.ask(Session::data)).as("round %d", round)
					.containsEntry("userId", "42")
					.containsEntry("cart", 0L);
			}
		}
	}

	@Test
	default void ofTwoLoginsInFlightOneWinsAndTheOtherGetsNoCookie() {
		requires(Promise.FINAL_LOGOUT);
		Browser node = browser();
		try (Race race = new Race(2)) {
			for (int round = 0; round < rounds() / 10; round++) {
				Browser browser = node.copy();
				browser.visit((session) -> session.set("cart", 1));
				Browser stolen = browser.copy();
				Session one = login(browser, "one");
				Session two = login(browser, "two");
				List<@Nullable SetCookie> cookies = race
					.run(List.of(() -> browser.close(one), () -> browser.close(two)));
				assertThat(cookies).as("round %d", round).containsOnlyOnce((SetCookie) null);
				assertThat(browser.get("userId")).isEqualTo((cookies.get(0) != null) ? "one" : "two");
				assertDead(stolen, round);
			}
		}
	}

	private static Session login(Browser browser, String userId) {
		Session session = browser.open();
		session.regenerateId();
		session.set("userId", userId);
		return session;
	}

	@Test
	default void aLogoutAndALoginAtOnceLeaveNoSession() {
		requires(Promise.FINAL_LOGOUT);
		Browser node = browser();
		try (Race race = new Race(2)) {
			for (int round = 0; round < rounds(); round++) {
				Browser browser = node.copy();
				browser.visit((session) -> session.set("cart", 1));
				Browser stolen = browser.copy();
				Browser logout = browser.copy();
				Session login = login(browser, "42");
				List<@Nullable SetCookie> cookies = race
					.run(List.of(() -> browser.close(login), () -> logout.visit(Session::destroy)));
				assertDead(stolen, round);
				assertThat(cookies.get(1).isDeletion()).isTrue();
				assertThat(browser.hasSession()).as("the session of the login in round %d", round).isFalse();
			}
		}
	}

	/** It would take the place of the winner's. */
	private void assertNoCookie(@Nullable SetCookie cookie, int round) {
		if (!everyWriteSendsACookie()) {
			assertThat(cookie).as("the cookie of the write in round %d", round).isNull();
		}
	}

	private static void assertDead(Browser browser, int round) {
		Session session = browser.open();
		assertThat(session.isNew()).as("round %d", round).isTrue();
		assertThat(session.data()).as("round %d", round).isEmpty();
	}

}
