package io.sessionkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import ch.qos.logback.classic.Level;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.contract.SetCookie;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A store that fails, step by step (G12). */
class StoreFailureTests {

	private final BreakableStrategy strategy = new BreakableStrategy();

	private final SessionStorage storage = SessionStorage.of(Storages.SIGNED, this.strategy);

	private final Browser browser = new Browser(this.storage);

	private Browser visitor() {
		this.browser.visit((session) -> session.set("a", 1));
		this.strategy.calls.clear();
		return this.browser;
	}

	@Test
	void anyFailureOfAStrategyIsAStorageExceptionWithItsCauseAndNothingSecret() {
		visitor();
		String id = this.browser.open().id();
		this.strategy.broken.add("read");
		SessionStorageException thrown = catchThrowableOfType(SessionStorageException.class,
				() -> this.browser.get("a"));
		assertThat(thrown).hasCauseInstanceOf(UnsupportedOperationException.class)
			.hasMessageContaining("BreakableStrategy")
			.hasMessageContaining("read")
			.hasMessageNotContaining(id);
		assertThat(thrown.getMessage()).doesNotContain(this.strategy.lastKey);
	}

	@Test
	void aSessionExceptionOfTheStrategyComesThroughAsItIs() {
		visitor();
		this.strategy.failure = new SessionStorageException("Redis is away", null);
		this.strategy.broken.add("read");
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> this.browser.get("a"))
			.withMessage("Redis is away")
			.withNoCause();
	}

	@Test
	void aRequestThatDoesNotUseItsSessionDoesNotFail() {
		visitor();
		this.strategy.broken.addAll(Set.of("read", "update"));
		assertThat(this.browser.visit((session) -> {
		})).isNull();
		assertThat(new Browser(this.storage).visit((session) -> session.get("a"))).isNull();
	}

	@Test
	void aFailedReadIsNotTriedAgainInTheSameRequest() {
		visitor();
		this.strategy.broken.add("read");
		Session session = this.browser.open();
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> session.get("a"));
		}
		assertThat(this.browser.close(session)).isNull();
		assertThat(this.strategy.calls).containsExactly("read");
	}

	@Test
	void aRenewalThatCannotBeWrittenIsLeftOutTriedAgainAndWarnedOfOnceAMinute() {
		MutableClock clock = new MutableClock();
		SessionStorage storage = SessionStorage.builder(Storages.SIGNED, this.strategy).clock(clock).build();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		this.strategy.broken.addAll(Set.of("update", "create", "delete"));
		try (CapturedLog log = new CapturedLog()) {
			for (int second = 0; second < 58; second += 2) {
				clock.advance((second == 0) ? Duration.ofMinutes(4) : Duration.ofSeconds(2));
				this.strategy.calls.clear();
				assertThat(browser.visit((session) -> assertThat(session.get("a")).isEqualTo(1L))).isNull();
				assertThat(this.strategy.calls.contains("update")).as("after %d", second).isEqualTo(second % 6 == 0);
			}
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("not renewed", "BreakableStrategy failed to update", "once a minute");
			clock.advance(Duration.ofMinutes(1));
			browser.visit((session) -> session.get("a"));
			assertThat(log.messages(Level.WARN)).hasSize(2);
		}
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> browser.visit((session) -> session.set("a", 2)));
		this.strategy.broken.clear();
		clock.advance(Duration.ofSeconds(5));
		this.strategy.calls.clear();
		browser.visit((session) -> session.get("a"));
		assertThat(this.strategy.calls).containsExactly("read", "update");
		clock.advance(Duration.ofMinutes(29));
		assertThat(browser.get("a")).isEqualTo(1L);
	}

	@Test
	void theMoveToANewSecretThatCannotBeWrittenIsLeftOutAndTriedAgain() {
		MutableClock clock = new MutableClock();
		SessionCookie.Builder rotated = SessionCookie.builder("__session")
			.signedWith("a new secret of the failure tests", Storages.SECRET);
		SessionStorage storage = SessionStorage.builder(rotated.build(), this.strategy).clock(clock).build();
		Browser browser = visitor().on(storage);
		this.strategy.broken.add("update");
		assertThat(browser.visit((session) -> assertThat(session.get("a")).isEqualTo(1L))).isNull();
		this.strategy.broken.clear();
		clock.advance(Duration.ofSeconds(5));
		assertThat(browser.visit((session) -> session.get("a"))).isNotNull();
	}

	@Test
	void aFailedCommitIsNotTriedAgain() {
		visitor();
		this.strategy.broken.add("update");
		Session session = this.browser.open();
		session.set("a", 2);
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> this.browser.close(session));
		assertThat(this.browser.close(session)).isNull();
		assertThat(this.strategy.calls).containsExactly("read", "update");
	}

	@Test
	void aLogoutDeletesTheCookieWhateverFails() {
		for (Set<String> broken : List.of(Set.of("read"), Set.of("update"), Set.of("delete"), Set.of("read", "delete"),
				Set.of("read", "update", "delete", "create"))) {
			this.strategy.broken.clear();
			Browser loggedIn = visitor().copy();
			this.strategy.broken.addAll(broken);
			assertThat(loggedIn.visit(Session::destroy).isDeletion()).isTrue();
			this.strategy.broken.clear();
			assertThat(SetCookie.of(this.storage.destroySession(this.browser.open())).isDeletion()).isTrue();
		}
	}

	@Test
	void aLogoutThatCannotReadDeletesTheRecord() {
		Browser stolen = visitor().copy();
		this.strategy.broken.add("read");
		this.browser.visit(Session::destroy);
		assertThat(this.strategy.calls).containsExactly("read", "delete");
		this.strategy.broken.clear();
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void aLogoutThatReadBeforeTheStoreFailedStillDeletesTheCookie() {
		visitor();
		Session session = this.browser.open();
		assertThat(session.get("a")).isEqualTo(1L);
		this.strategy.broken.addAll(Set.of("read", "update"));
		session.destroy();
		assertThat(this.browser.close(session).isDeletion()).isTrue();
	}

	@Test
	void aLogoutThatCannotWriteATombstoneDeletesTheRecordAndWarnsOfNothing() {
		Browser stolen = visitor().copy();
		Session slow = stolen.open();
		slow.set("a", 2);
		this.strategy.broken.add("update");
		this.strategy.calls.clear();
		try (CapturedLog log = new CapturedLog()) {
			assertThat(this.browser.visit(Session::destroy).isDeletion()).isTrue();
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
		assertThat(this.strategy.calls).containsExactly("read", "update", "delete");
		this.strategy.broken.clear();
		assertThat(stolen.close(slow)).isNull();
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void aLogoutThatOthersNeverLetThroughDeletesTheRecord() {
		Browser stolen = visitor().copy();
		this.strategy.conflict = true;
		assertThat(this.browser.visit(Session::destroy).isDeletion()).isTrue();
		assertThat(this.strategy.calls).endsWith("update", "delete").containsOnlyOnce("delete");
		this.strategy.conflict = false;
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void aLogoutThatCanNeitherWriteNorDeleteSaysThatTheRecordRemains() {
		Browser stolen = visitor().copy();
		this.strategy.broken.addAll(Set.of("update", "delete"));
		try (CapturedLog log = new CapturedLog()) {
			assertThat(this.browser.visit(Session::destroy).isDeletion()).isTrue();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("its record remains until it expires", "failed to update")
				.doesNotContain(this.strategy.lastKey);
		}
		this.strategy.broken.clear();
		assertThat(stolen.get("a")).isEqualTo(1L);
	}

	@Test
	void aLoginInStepsThatMeetsAnotherWriteLeavesOneNewRecord() {
		Browser visitor = visitor();
		Session login = visitor.open();
		login.regenerateId();
		login.set("userId", "42");
		visitor.copy().visit((session) -> session.set("a", 2));
		this.strategy.calls.clear();
		visitor.close(login);
		assertThat(this.strategy.calls).containsExactly("create", "update", "delete", "create", "update");
		assertThat(visitor.ask(Session::data)).isEqualTo(Map.of("a", 2L, "userId", "42"));
	}

	@Test
	void aLoginWhoseNewRecordCannotBeRemovedEitherSaysWhatFailedFirst() {
		Session login = visitor().open();
		login.regenerateId();
		this.strategy.broken.addAll(Set.of("update", "delete"));
		SessionStorageException thrown = catchThrowableOfType(SessionStorageException.class,
				() -> this.browser.close(login));
		assertThat(thrown).hasMessageContaining("failed to move");
		assertThat(thrown).hasCause(this.strategy.failure);
	}

	@Test
	void aLoginThatCannotEndTheOldRecordFailsAndLeavesNoNewOne() {
		visitor();
		Session session = this.browser.open();
		session.regenerateId();
		session.set("userId", "42");
		this.strategy.broken.add("update");
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> this.browser.close(session));
		assertThat(this.strategy.calls).containsExactly("read", "create", "update", "delete");
		this.strategy.broken.clear();
		assertThat(this.browser.get("a")).isEqualTo(1L);
		assertThat(this.browser.get("userId")).isNull();
	}

	@Test
	void aStoreInWhichEveryKeyIsTakenIsReported() {
		this.strategy.taken = true;
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> this.browser.visit((session) -> session.set("a", 1)))
			.withMessageContaining("createData");
		assertThat(this.strategy.calls).containsExactly("create", "create", "create");
	}

	@Test
	void aSessionThatOthersNeverStopChangingFailsAsTheStoreWould() {
		visitor();
		this.strategy.conflict = true;
		Session session = this.browser.open();
		session.set("a", 2);
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> this.browser.close(session))
			.withMessageContaining("2 seconds");
		assertThat(this.strategy.calls.size()).isGreaterThan(20);
	}

	@Test
	void whereThePolicyIsToGoOnARequestIsAnonymousAndLosesItsChangesQuietly() {
		visitor();
		Browser lenient = this.browser
			.on(SessionStorage.builder(Storages.SIGNED, this.strategy).anonymousOnFailure(true).build());
		this.strategy.broken.addAll(Set.of("read", "update", "create"));
		assertThat(lenient.visit((session) -> {
			assertThat(session.get("a")).isNull();
			assertThat(session.isNew()).isTrue();
			session.set("a", 2);
			session.regenerateId();
		})).isNull();
		assertThat(this.strategy.calls).containsExactly("read");
		Browser stranger = new Browser(
				SessionStorage.builder(Storages.SIGNED, this.strategy).anonymousOnFailure(true).build());
		assertThat(stranger.visit((session) -> session.set("a", 2))).isNull();
		this.strategy.broken.clear();
		assertThat(lenient.get("a")).isEqualTo(1L);
		this.strategy.broken.add("update");
		assertThat(lenient.visit((session) -> session.set("a", 3))).isNull();
		assertThat(lenient.get("a")).isEqualTo(1L);
	}

}
