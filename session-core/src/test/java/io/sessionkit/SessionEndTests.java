package io.sessionkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.sessionkit.contract.Browser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Sessions that were destroyed, committed, or whose changes were discarded. */
class SessionEndTests {

	private static final SessionKey<Integer> COUNT = SessionKey.of("count", Integer.class);

	private static final FlashKey<String> NOTICE = FlashKey.of("notice", String.class);

	private static final List<Consumer<Session>> CHANGES = List.of((session) -> session.set("a", 1),
			(session) -> session.set("a", null), (session) -> session.set(COUNT, 1),
			(session) -> session.flash("notice", "x"), (session) -> session.flash(NOTICE, "x"),
			(session) -> session.update(COUNT, 0, (count) -> count + 1), Session::clear, Session::regenerateId,
			(session) -> session.regenerateId(false), (session) -> session.maxAge(Duration.ofDays(1)),
			Session::untilBrowserCloses, (session) -> session.get(SessionKey.of("new", Integer.class), () -> 1));

	private final Browser browser = Storages.browser();

	private Browser visitor() {
		this.browser.visit((session) -> {
			session.set("a", 1);
			session.set(COUNT, 1);
			session.flash(NOTICE, "hi");
		});
		return this.browser;
	}

	@Test
	void onADestroyedSessionEveryReadIsAbsent() {
		Session session = visitor().open();
		session.destroy();
		assertThat(session.isDestroyed()).isTrue();
		assertThat(session.get("a")).isNull();
		assertThat(session.get("a", Integer.class)).isNull();
		assertThat(session.get(COUNT)).isNull();
		assertThat(session.get(NOTICE)).isNull();
		assertThat(session.get("notice")).isNull();
		assertThat(session.has("a")).isFalse();
		assertThat(session.has(COUNT)).isFalse();
		assertThat(session.has(NOTICE)).isFalse();
		assertThat(session.keys()).isEmpty();
		assertThat(session.flashKeys()).isEmpty();
		assertThat(session.data()).isEmpty();
		assertThat(session.id()).isEmpty();
		assertThat(session.isDirty()).isTrue();
	}

	@Test
	void onADestroyedSessionUnsetDoesNothingAndOtherChangesThrow() {
		Session session = visitor().open();
		session.destroy();
		session.unset("a");
		session.unset(COUNT);
		session.unset(NOTICE);
		session.destroy();
		for (Consumer<Session> change : CHANGES) {
			assertThatIllegalStateException().isThrownBy(() -> change.accept(session))
				.withMessageContaining("destroyed");
		}
	}

	@Test
	void onACommittedSessionReadingWorksAndChangesThrow() {
		Session session = visitor().open();
		session.set("b", 2);
		this.browser.close(session);
		assertThat(session.get("a")).isEqualTo(1L);
		assertThat(session.get("b")).isEqualTo(2L);
		assertThat(session.get(COUNT)).isEqualTo(1);
		assertThat(session.data()).isEqualTo(Map.of("a", 1L, "b", 2L, "count", 1L));
		assertThat(session.keys()).containsExactly("a", "count", "b");
		assertThat(session.isDirty()).isFalse();
		for (Consumer<Session> change : CHANGES) {
			assertThatIllegalStateException().isThrownBy(() -> change.accept(session))
				.withMessageContaining("committed");
		}
		assertThatIllegalStateException().isThrownBy(() -> session.unset("a"));
		assertThatIllegalStateException().isThrownBy(session::destroy);
	}

	@Test
	void aCommittedSessionMayBeReadForTheFirstTime() {
		Session session = visitor().open();
		this.browser.close(session);
		assertThat(session.get("a")).isEqualTo(1L);
	}

	@Test
	void aDestroyedAndCommittedSessionStaysAbsent() {
		Session session = visitor().open();
		session.destroy();
		this.browser.close(session);
		assertThat(session.get("a")).isNull();
		assertThat(session.id()).isEmpty();
		session.destroy();
		session.unset("a");
	}

	@Test
	void discardedChangesAreGoneFromSessionAndStore() {
		SessionKey<List<String>> names = SessionKey.listOf("names", String.class);
		visitor().visit((session) -> session.set(names, List.of("one")));
		this.browser.visit((session) -> {
			session.set("a", 2);
			session.unset("count");
			session.get(names).add("two");
			assertThat(session.get(NOTICE)).isEqualTo("hi");
			session.maxAge(Duration.ofDays(1));
			session.discardChanges();
			assertThat(session.isDirty()).isFalse();
			assertThat(session.get("a")).isEqualTo(1L);
			assertThat(session.get(names)).containsExactly("one");
		});
		assertThat(this.browser.ask(Session::data))
			.isEqualTo(Map.of("a", 1L, "count", 1L, "names", List.of("one"), "notice", "hi"));
	}

	@Test
	void aDestroyStandsWhenChangesAreDiscarded() {
		Browser stolen = visitor().copy();
		this.browser.visit((session) -> {
			session.destroy();
			session.discardChanges();
		});
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void aNewIdStandsWhenChangesAreDiscarded() {
		Browser stolen = visitor().copy();
		this.browser.visit((session) -> {
			session.regenerateId();
			session.set("a", 2);
			session.discardChanges();
		});
		assertThat(stolen.hasSession()).isFalse();
		assertThat(this.browser.get("a")).isEqualTo(1L);
	}

	@Test
	void discardingOnANewSessionLeavesNothingToCommit() {
		assertThat(this.browser.visit((session) -> {
			session.set("a", 1);
			session.discardChanges();
		})).isNull();
		assertThat(this.browser.visit(Session::discardChanges)).isNull();
	}

	@Test
	void aSessionIsDirtyOnceThereIsSomethingToWrite() {
		Session session = visitor().open();
		assertThat(session.isDirty()).isFalse();
		session.get("a");
		session.unset("unknown");
		assertThat(session.isDirty()).isFalse();
		session.set("a", 1);
		assertThat(session.isDirty()).isTrue();
		Session login = this.browser.open();
		login.regenerateId();
		assertThat(login.isDirty()).isTrue();
		Session flash = this.browser.open();
		flash.get(NOTICE);
		assertThat(flash.isDirty()).isTrue();
	}

	@Test
	void regeneratingWithoutDeletingCanBeTightenedButNotLoosened() {
		Browser stolen = visitor().copy();
		this.browser.visit((session) -> {
			session.regenerateId();
			session.regenerateId(false);
		});
		assertThat(stolen.hasSession()).isFalse();
		Browser again = this.browser.copy();
		this.browser.visit((session) -> {
			session.regenerateId(false);
			session.regenerateId();
		});
		assertThat(again.hasSession()).isFalse();
	}

	@Test
	void aLifeIsAtLeastOneSecond() {
		Session session = visitor().open();
		for (Duration life : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(999),
				Duration.ofSeconds(Long.MAX_VALUE))) {
			assertThatIllegalArgumentException().isThrownBy(() -> session.maxAge(life)).withMessageContaining("maxAge");
			assertThatIllegalArgumentException().isThrownBy(() -> CommitOptions.maxAge(life));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> SessionStorage.builder(Storages.ENCRYPTED).idleTimeout(life));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> SessionStorage.builder(Storages.ENCRYPTED).absoluteTimeout(life));
		}
		assertThat(session.isDirty()).isFalse();
	}

}
