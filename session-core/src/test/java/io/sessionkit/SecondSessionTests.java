package io.sessionkit;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A new id that leaves the old one alive is none for a session that has ended. */
class SecondSessionTests {

	private final MemoryStorageStrategy memory = new MemoryStorageStrategy();

	private final SessionStorage storage = SessionStorage.of(Storages.SIGNED, this.memory);

	private final Browser browser = new Browser(this.storage);

	private Session inFlight() {
		this.browser.visit((session) -> session.subject("42"));
		Session slow = this.browser.open();
		assertThat(slow.subject()).isEqualTo("42");
		slow.regenerateId(false);
		return slow;
	}

	@Test
	void aRequestInFlightDoesNotOutliveALogout() {
		Session slow = inFlight();
		this.browser.visit(Session::destroy);
		assertThat(this.storage.commitIfNeeded(slow)).isNull();
		assertThat(new SubjectSessions(this.storage).count("42")).isZero();
	}

	@Test
	void aRequestInFlightDoesNotOutliveALogoutEverywhere() {
		Session slow = inFlight();
		new SubjectSessions(this.storage).endAll("42");
		assertThat(this.storage.commitIfNeeded(slow)).isNull();
		assertThat(new SubjectSessions(this.storage).count("42")).isZero();
	}

	@Test
	void aCookieDoesNotEscapeOnANodeThatHasNotHeardOfTheLogoutYet() {
		Revocation revocation = Revocation.in(this.memory);
		SessionStorage here = SessionStorage.builder(Storages.ENCRYPTED).revocation(revocation).build();
		SessionStorage there = SessionStorage.builder(Storages.ENCRYPTED).revocation(revocation).build();
		Browser visitor = new Browser(here);
		visitor.visit((session) -> session.set("a", 1));
		Browser stolen = visitor.copy().on(there);
		assertThat(stolen.hasSession()).isTrue();
		visitor.visit(Session::destroy);
		assertThat(stolen.hasSession()).isTrue();
		assertThat(stolen.visit((session) -> session.regenerateId(false))).isNull();
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void bothGoOnOtherwise() {
		Session slow = inFlight();
		Browser old = this.browser.copy();
		assertThat(this.browser.close(slow)).isNotNull();
		assertThat(old.open().subject()).isEqualTo("42");
		assertThat(this.browser.open().subject()).isEqualTo("42");
		assertThat(new SubjectSessions(this.storage).count("42")).isEqualTo(2);
	}

	@Test
	void whereTheOldOneCannotBeAskedForTheNewOneGoes() {
		BreakableStrategy breakable = new BreakableStrategy();
		CountingStrategy strategy = new CountingStrategy(breakable);
		SessionStorage fragile = SessionStorage.of(Storages.SIGNED, strategy);
		Browser visitor = new Browser(fragile);
		visitor.visit((session) -> session.set("a", 1));
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> visitor.visit((session) -> {
			session.set("a", 2);
			session.regenerateId(false);
			breakable.broken.add("read");
		}));
		assertThat(breakable.memory.readData(breakable.created)).isNull();
		assertThat(strategy.takeCalls()).containsExactly("create", "read", "create", "read", "delete");
	}

}
