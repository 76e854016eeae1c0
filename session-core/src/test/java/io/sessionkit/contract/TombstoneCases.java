package io.sessionkit.contract;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of the {@link StorageContract}: requests that are still in flight when their session
 * ends never undo it, nor log out who was logged in by it.
 */
interface TombstoneCases extends StorageFixture {

	List<Consumer<Session>> ENDS = List.of(Session::destroy, Session::regenerateId);

	@Test
	default void theSlowRequestThatBeganBeforeTheLoginAndEndsAfterItIsDropped() {
		requires(Promise.OWN_ID);
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("cart", 1));
		Browser stolen = browser.copy();

		Session slow = browser.open();
		slow.set("cart", 2);
		browser.visit((login) -> {
			login.regenerateId();
			login.set("userId", "42");
		});
		assertThat(browser.close(slow)).isNull();

		assertThat(browser.get("userId")).isEqualTo("42");
		assertThat(browser.get("cart")).isEqualTo(1L);
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	default void theSlowRequestThatEndsAfterTheLogoutRevivesNothing() {
		requires(Promise.OWN_ID);
		for (boolean explicit : new boolean[] { false, true }) {
			SessionStorage storage = storage();
			Browser browser = new Browser(storage);
			browser.visit((session) -> session.set("userId", "42"));
			Browser stolen = browser.copy();

			Session slow = browser.open();
			slow.set("cart", 2);
			browser.visit(Session::destroy);
			assertThat(explicit ? storage.commitSession(slow) : storage.commitIfNeeded(slow)).isNull();
			assertThat(stolen.hasSession()).isFalse();
		}
	}

	@Test
	default void theSlowRenewalThatEndsAfterTheLogoutRevivesNothing() {
		requires(Promise.OWN_ID);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofSeconds(100)));
		browser.visit((session) -> session.set("userId", "42"));
		Browser stolen = browser.copy();
		letPass(Duration.ofSeconds(50));
		Session slow = browser.open();
		assertThat(slow.get("userId")).isEqualTo("42");
		browser.visit(Session::destroy);
		assertThat(browser.close(slow)).isNull();
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	default void aSecondLoginThatEndsAfterTheFirstOneGetsNoCookie() {
		requires(Promise.OWN_ID);
		Browser browser = browser();
		browser.visit((session) -> session.set("cart", 1));
		Session slow = browser.open();
		slow.regenerateId();
		slow.set("userId", "second");
		browser.visit((login) -> {
			login.regenerateId();
			login.set("userId", "first");
		});
		assertThat(browser.close(slow)).isNull();
		assertThat(browser.get("userId")).isEqualTo("first");
	}

	@Test
	default void aLoginThatEndsAfterTheLogoutGetsNoCookie() {
		requires(Promise.OWN_ID);
		Browser browser = browser();
		browser.visit((session) -> session.set("cart", 1));
		Browser stolen = browser.copy();
		Session slow = browser.open();
		slow.regenerateId();
		slow.set("userId", "42");
		browser.visit(Session::destroy);
		assertThat(browser.close(slow)).isNull();
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	default void aRequestThatComesWithAnEndedIdIsAnonymousAndSendsNoCookie() {
		requires(Promise.OWN_ID);
		for (Consumer<Session> end : ENDS) {
			SessionStorage storage = storage();
			Browser browser = new Browser(storage);
			browser.visit((session) -> session.set("userId", "42"));
			Browser late = browser.copy();
			browser.visit(end);
			assertThat(late.visit((session) -> {
				assertThat(session.isNew()).isTrue();
				assertThat(session.data()).isEmpty();
				session.set("csrf", "x");
				assertThat(session.get("csrf")).isEqualTo("x");
			})).isNull();
			Session explicit = late.open();
			explicit.set("csrf", "x");
			assertThat(storage.commitSession(explicit)).isNull();
			assertThat(late.hasSession()).isFalse();
		}
	}

	@Test
	default void aLoginWithAnEndedIdGetsANewSession() {
		requires(Promise.OWN_ID);
		for (Consumer<Session> end : ENDS) {
			Browser browser = browser();
			browser.visit((session) -> session.set("userId", "42"));
			String ended = browser.open().id();
			Browser late = browser.copy();
			browser.visit(end);
			late.visit((session) -> {
				session.regenerateId();
				session.set("userId", "43");
			});
			assertThat(late.get("userId")).isEqualTo("43");
			assertThat(late.open().id()).isNotEqualTo(ended);
		}
	}

	@Test
	default void aFewMinutesLaterANewSessionMayStartButNeverUnderTheEndedId() {
		requires(Promise.OWN_ID);
		for (Consumer<Session> end : ENDS) {
			Browser browser = browser((options) -> options.idleTimeout(Duration.ofHours(1)));
			browser.visit((session) -> session.set("userId", "42"));
			String ended = browser.open().id();
			Browser late = browser.copy();
			browser.visit(end);
			letPass(Duration.ofSeconds(59));
			assertThat(late.visit((session) -> session.set("a", 1))).isNull();
			letPass(tombstoneLife().minusSeconds(59));
			assertThat(late.hasSession()).isFalse();
			assertThat(late.visit((session) -> session.set("a", 1))).isNotNull();
			assertThat(late.get("a")).isEqualTo(1L);
			assertThat(late.get("userId")).isNull();
			assertThat(late.open().id()).isNotEqualTo(ended);
		}
	}

	@Test
	default void anExpiredIdIsNeverAdopted() {
		requires(Promise.KNOWN_END);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofHours(1)));
		browser.visit((session) -> session.set("userId", "42"));
		String expired = browser.open().id();
		letPass(Duration.ofHours(1));
		assertThat(browser.visit((session) -> session.set("a", 1))).isNotNull();
		assertThat(browser.open().id()).isNotEqualTo(expired);
		assertThat(browser.get("userId")).isNull();
	}

}
