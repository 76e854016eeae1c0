package io.sessionkit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.contract.Race;
import io.sessionkit.contract.SetCookie;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The end of cookie-held sessions on two nodes over one store. */
class RevocationTests {

	private static final String NEWER = "a newer secret of the tests of the core";

	private final MutableClock clock = new MutableClock();

	private final MemoryStorageStrategy strategy = new MemoryStorageStrategy(1000, this.clock);

	private final SessionStorage here = node(this.clock, Storages.SECRET);

	private final SessionStorage there = node(this.clock, Storages.SECRET);

	private SessionStorage node(InstantSource clock, String... secrets) {
		SessionCookie cookie = SessionCookie.builder("__session").encryptedWith(secrets).clock(clock).build();
		return SessionStorage.builder(cookie)
			.revocation(Revocation.in(this.strategy))
			.idleTimeout(Duration.ofDays(10))
			.absoluteTimeout(Duration.ofDays(20))
			.clock(clock)
			.build();
	}

	private static Browser login(SessionStorage storage, String subject) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> {
			session.regenerateId();
			session.subject(subject);
		});
		assertThat(browser.open().subject()).isEqualTo(subject);
		return browser;
	}

	private void letPass(int seconds) {
		this.clock.advance(Duration.ofSeconds(seconds));
	}

	@Test
	void aStolenCopyStopsWorkingAfterTheLogoutOnAllNodes() {
		Browser browser = login(this.here, "42");
		Browser stolen = browser.copy();
		browser.visit(Session::destroy);
		assertThat(stolen.hasSession()).isFalse();
		assertThat(stolen.on(this.there).hasSession()).isFalse();
		assertThat(stolen.on(this.there).visit((session) -> session.set("a", 1))).isNull();
		letPass(3600);
		assertThat(stolen.on(node(this.clock, Storages.SECRET)).hasSession()).isFalse();
	}

	@Test
	void aNodeThatAskedAMomentAgoLearnsOfALogoutWithinTheCacheTime() {
		Browser browser = login(this.here, "42");
		Browser stolen = browser.copy().on(this.there);
		assertThat(stolen.hasSession()).isTrue();
		letPass(1);
		browser.visit(Session::destroy);
		letPass(3);
		assertThat(stolen.hasSession()).isTrue();
		letPass(1);
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void anIdThatWasLeftIsDeadOnAllNodes() {
		Browser browser = login(this.here, "42");
		Browser stolen = browser.copy().on(this.there);
		browser.visit(Session::regenerateId);
		assertThat(stolen.hasSession()).isFalse();
		assertThat(browser.on(this.there).open().subject()).isEqualTo("42");
	}

	@Test
	void ofTwoNodesThatGiveOneSessionANewIdOneWins() {
		Browser browser = login(this.here, "42");
		Session first = browser.open();
		Session second = browser.on(this.there).open();
		first.regenerateId();
		second.regenerateId();
		assertThat(this.here.commitIfNeeded(first)).isNotNull();
		assertThat(this.there.commitIfNeeded(second)).isNull();
	}

	@Test
	void aLogoutAndANewIdOnTwoNodesAtOnceLeaveNoSession() {
		try (Race race = new Race(2)) {
			for (int round = 0; round < 1000; round++) {
				Browser browser = login(this.here, "42");
				Browser stolen = browser.copy();
				Browser other = browser.copy().on(this.there);
				List<@Nullable SetCookie> cookies = race
					.run(List.of(() -> browser.visit(Session::regenerateId), () -> other.visit(Session::destroy)));
				letPass(5);
				assertThat(cookies.get(1).isDeletion()).isTrue();
				assertThat(browser.hasSession()).as("round %d", round).isFalse();
				assertThat(browser.on(this.there).hasSession()).as("round %d", round).isFalse();
				assertThat(stolen.hasSession()).as("round %d", round).isFalse();
				assertThat(stolen.on(this.there).hasSession()).as("round %d", round).isFalse();
			}
		}
	}

	@Test
	void aRequestInFlightOnAnotherNodeDoesNotBringTheCookieBack() {
		Browser browser = login(this.here, "42");
		Session slow = browser.on(this.there).open();
		slow.set("a", 1);
		browser.visit(Session::destroy);
		letPass(5);
		assertThat(this.there.commitIfNeeded(slow)).isNull();
	}

	@Test
	void loggingOutEverywhereEndsEveryCookieOfTheSubjectAndNoOther() {
		Browser laptop = login(this.here, "42");
		Browser phone = login(this.there, "42");
		Browser stranger = login(this.there, "43");
		Browser nobody = new Browser(this.there);
		nobody.visit((session) -> session.set("a", 1));
		new SubjectSessions(this.here).endAll("42");
		assertThat(laptop.open().absence()).isEqualTo(SessionAbsence.ENDED);
		assertThat(laptop.hasSession()).isFalse();
		letPass(5);
		assertThat(phone.open().absence()).isEqualTo(SessionAbsence.ENDED);
		assertThat(phone.hasSession()).isFalse();
		assertThat(laptop.on(this.there).hasSession()).isFalse();
		assertThat(List.of(stranger.hasSession(), nobody.hasSession())).containsOnly(true);
	}

	@Test
	void whoLogsInInTheSameSecondAfterwardsStaysLoggedInOnAllNodes() {
		Browser before = login(this.here, "42");
		assertThat(before.on(this.there).hasSession()).isTrue();
		new SubjectSessions(this.here).endAll("42");
		for (SessionStorage node : List.of(this.here, this.there)) {
			Browser after = login(node, "42");
			letPass(5);
			assertThat(after.on(this.here).open().subject()).isEqualTo("42");
			assertThat(after.on(this.there).open().subject()).isEqualTo("42");
		}
	}

	@Test
	void aSecondTimeInTheSameSecondEndsWhoLoggedInBetween() {
		SubjectSessions sessions = new SubjectSessions(this.here);
		for (int i = 0; i < 5; i++) {
			Browser browser = login(this.here, "42");
			sessions.endAll("42");
			assertThat(browser.hasSession()).isFalse();
		}
		assertThat(login(this.there, "42").hasSession()).isTrue();
	}

	@Test
	void nodesWhoseClocksDifferBy90SecondsAgree() {
		for (int ahead : new int[] { -90, 90 }) {
			SessionStorage other = node(() -> this.clock.instant().plusSeconds(ahead), Storages.SECRET);
			String subject = "of a node that is ahead by " + ahead;
			Browser before = login(other, subject);
			new SubjectSessions(this.here).endAll(subject);
			letPass(5);
			assertThat(before.hasSession()).isFalse();
			assertThat(before.on(this.here).hasSession()).isFalse();
			Browser after = login(other, subject);
			assertThat(after.on(this.here).hasSession()).isTrue();
			assertThat(login(this.here, subject).on(other).hasSession()).isTrue();
		}
	}

	@Test
	void loggingOutEverywhereElseKeepsThePresentCookieButNoCopyOfIt() {
		Browser laptop = login(this.here, "42");
		Browser stolen = laptop.copy();
		Browser phone = login(this.here, "42");
		SubjectSessions sessions = new SubjectSessions(this.here);
		laptop.visit((session) -> {
			session.set("a", 1);
			sessions.endOthers(session);
		});
		for (SessionStorage node : List.of(this.here, this.there)) {
			assertThat(laptop.on(node).open().subject()).isEqualTo("42");
			assertThat(stolen.on(node).hasSession()).isFalse();
			assertThat(phone.on(node).hasSession()).isFalse();
		}
		assertThat(laptop.get("a")).isEqualTo(1L);
	}

	@Test
	void aLateRequestDoesNotLogOutWhoEndedTheOthers() {
		Browser laptop = login(this.here, "42");
		Browser late = laptop.copy();
		laptop.visit((session) -> {
			new SubjectSessions(this.here).endOthers(session);
			assertThat(late.copy().visit((other) -> other.set("a", 1))).isNull();
		});
		for (SessionStorage node : List.of(this.here, this.there)) {
			assertThat(late.copy().on(node).visit((session) -> session.set("a", 1))).isNull();
		}
		letPass(60);
		assertThat(late.visit((session) -> session.set("a", 1))).isNotNull();
	}

	@Test
	void whoLogsInAgainMayEndTheOthersInTheSameRequest() {
		Browser phone = login(this.here, "42");
		Browser laptop = new Browser(this.here);
		laptop.visit((session) -> {
			session.regenerateId();
			session.subject("42");
			new SubjectSessions(this.here).endOthers(session);
		});
		assertThat(phone.hasSession()).isFalse();
		assertThat(laptop.open().subject()).isEqualTo("42");
	}

	@Test
	void aSessionThatWasCommittedCanEndNoOthers() {
		Browser browser = login(this.here, "42");
		Session session = browser.open();
		browser.close(session);
		assertThatIllegalStateException().isThrownBy(() -> new SubjectSessions(this.here).endOthers(session));
		assertThat(browser.on(this.there).hasSession()).isTrue();
	}

	@Test
	void anOldSessionWithoutASubjectMayBecomeThatOfOneWhoLoggedOutEverywhere() {
		Browser browser = new Browser(this.here);
		browser.visit((session) -> session.set("cart", 1));
		letPass(3600);
		new SubjectSessions(this.there).endAll("42");
		browser.visit((session) -> session.subject("42"));
		assertThat(browser.open().subject()).isEqualTo("42");
		assertThat(browser.on(this.there).get("cart")).isEqualTo(1L);
	}

	@Test
	void aStolenCopyDoesNotEscapeByANewIdOnANodeThatHasNotHeardYet() {
		Browser stolen = login(this.here, "42").copy().on(this.there);
		assertThat(stolen.hasSession()).isTrue();
		new SubjectSessions(this.here).endAll("42");
		assertThat(stolen.visit((session) -> {
			session.regenerateId();
			session.subject("42");
		})).isNotNull();
		assertThat(stolen.hasSession()).isTrue();
		letPass(5);
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void anEndIsKnownAcrossARotationOfTheSecrets() {
		SessionStorage during = node(this.clock, NEWER, Storages.SECRET);
		Browser one = login(this.here, "42");
		new SubjectSessions(this.here).endAll("42");
		assertThat(one.on(during).hasSession()).isFalse();
		Browser two = login(this.here, "43");
		two.on(during).get("a");
		new SubjectSessions(during).endAll("43");
		letPass(5);
		assertThat(two.on(during).hasSession()).isFalse();
		assertThat(two.on(node(this.clock, NEWER)).hasSession()).isFalse();
		Browser three = login(this.here, "44");
		new SubjectSessions(during).endAll("44");
		letPass(5);
		assertThat(three.hasSession()).isFalse();
	}

	@Test
	void whatIsNotedGoesWhenNoCopyCanBeValidAnyMore() {
		login(this.here, "42").visit(Session::destroy);
		new SubjectSessions(this.here).endAll("42");
		assertThat(this.strategy.size()).isEqualTo(2);
		this.clock.advance(Duration.ofDays(21));
		login(this.here, "43").visit(Session::destroy);
		assertThat(this.strategy.size()).isOne();
	}

	@Test
	void theEndOfAStrangersSessionIsKnownUntilNoCopyOfItsCookieIsValid() {
		Browser stranger = new Browser(this.here);
		stranger.visit((session) -> session.set("cart", 1));
		letPass(3600 * 24 * 4);
		stranger.visit((session) -> session.set("cart", 2));
		Browser stolen = stranger.copy().on(this.there);
		assertThat(stolen.hasSession()).isTrue();
		stranger.visit(Session::destroy);
		letPass(4);
		assertThat(stolen.visit((session) -> session.set("cart", 3))).as("within the cache time").isNotNull();
		for (int day = 0; day < 10; day++) {
			letPass(3600 * 24 - 1);
			assertThat(stolen.copy().on(node(this.clock, Storages.SECRET)).hasSession()).as("day %d", day).isFalse();
		}
		assertThat(this.strategy.size()).isOne();
		letPass(110);
		login(this.here, "42").visit(Session::destroy);
		assertThat(this.strategy.size()).as("the record of the stranger went").isOne();
		assertThat(stolen.copy().on(node(this.clock, Storages.SECRET)).hasSession()).isFalse();
	}

	@Test
	void theEndOfAStrangersSessionIsKnownAsLongAsItsCookieWithALongerLife() {
		Browser stranger = new Browser(this.here);
		stranger.visit((session) -> {
			session.set("cart", 1);
			session.maxAge(Duration.ofDays(15));
		});
		Browser stolen = stranger.copy();
		stranger.visit(Session::destroy);
		letPass(3600 * 24 * 15 - 1);
		assertThat(stolen.on(node(this.clock, Storages.SECRET)).hasSession()).isFalse();
	}

}
