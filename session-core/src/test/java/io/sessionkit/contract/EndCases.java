package io.sessionkit.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionAbsence;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Of the {@link StorageContract}: new ids, and the end of a session (G4). */
interface EndCases extends StorageFixture {

	@Test
	default void regeneratingKeepsTheValuesUnderANewId() {
		requires(Promise.OWN_ID);
		Browser browser = browser();
		browser.visit((session) -> {
			session.set("cart", 1);
			session.flash("notice", "hi");
		});
		String before = browser.open().id();
		SetCookie cookie = browser.visit((session) -> {
			session.regenerateId();
			session.set("userId", "42");
		});
		assertThat(cookie).isNotNull();
		assertThat(browser.open().id()).isNotEmpty().isNotEqualTo(before);
		assertThat(browser.ask(Session::data)).isEqualTo(Map.of("cart", 1L, "userId", "42", "notice", "hi"));
	}

	@Test
	default void theLeftIdIsDead() {
		requires(Promise.OWN_ID);
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		Browser stolen = browser.copy();
		browser.visit(Session::regenerateId);
		assertThat(stolen.hasSession()).isFalse();
		assertThat(stolen.get("a")).isNull();
		assertThat(stolen.open().id()).isEmpty();
		assertThat(browser.get("a")).isEqualTo(1L);
	}

	@Test
	default void regeneratingWithoutDeletingLeavesTwoSessions() {
		requires(Promise.OWN_ID);
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		Browser left = browser.copy();
		browser.visit((session) -> {
			session.regenerateId(false);
			session.set("a", 2);
		});
		assertThat(left.get("a")).isEqualTo(1L);
		assertThat(browser.get("a")).isEqualTo(2L);
		assertThat(left.open().id()).isNotEqualTo(browser.open().id());
	}

	@Test
	default void regeneratingANewSessionIsJustItsCreation() {
		Browser browser = browser();
		browser.visit((session) -> {
			session.regenerateId();
			session.set("userId", "42");
		});
		assertThat(browser.get("userId")).isEqualTo("42");
	}

	@Test
	default void aDestroyedSessionIsGoneFromBrowserAndServer() {
		requires(Promise.OWN_ID);
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		Browser stolen = browser.copy();
		SetCookie cookie = browser.receive(storage.destroySession(browser.open()));
		assertThat(cookie.isDeletion()).isTrue();
		assertThat(cookie.attributes()).containsEntry("path", "/");
		assertThat(browser.header()).isNull();
		assertThat(stolen.hasSession()).isFalse();
		assertThat(stolen.get("a")).isNull();
	}

	@Test
	default void destroyingThroughTheSessionIsTheSame() {
		requires(Promise.OWN_ID);
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		Browser stolen = browser.copy();
		SetCookie cookie = browser.visit((session) -> {
			session.set("a", 2);
			session.destroy();
		});
		assertThat(cookie.isDeletion()).isTrue();
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	default void whatOneNodeEndsIsDeadOnAllOfThem() {
		requires(Promise.SHARED_BETWEEN_NODES);
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		Browser stolen = browser.copy().on(storage());
		browser.visit(Session::regenerateId);
		assertThat(stolen.hasSession()).isFalse();
		stolen = browser.copy().on(storage());
		browser.visit(Session::destroy);
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	default void aLogoutWithAnIdThatWasLeftAMomentAgoEndsWhatTheSessionHasBecome() {
		requires(Promise.FINAL_LOGOUT);
		requires(Promise.OWN_ID);
		Browser browser = browser();
		browser.visit((session) -> session.set("userId", "42"));
		Browser left = browser.copy();
		browser.visit(Session::regenerateId);
		browser.visit(Session::regenerateId);
		left.copy().visit((session) -> session.set("a", 1));
		assertThat(left.hasSession()).isFalse();
		assertThat(browser.get("userId")).as("after requests that only read or write").isEqualTo("42");
		left.visit(Session::destroy);
		assertThat(browser.hasSession()).isFalse();
		assertThat(browser.get("userId")).isNull();
	}

	@Test
	default void aLogoutWithAnIdThatWasLeftLongAgoEndsNothing() {
		requires(Promise.FINAL_LOGOUT);
		requires(Promise.OWN_ID);
		Browser browser = browser();
		browser.visit((session) -> session.set("userId", "42"));
		Browser left = browser.copy();
		browser.visit(Session::regenerateId);
		letPass(tombstoneLife());
		left.visit(Session::destroy);
		assertThat(browser.get("userId")).isEqualTo("42");
	}

	@Test
	default void aRequestWithoutASessionSaysWhy() {
		requires(Promise.KNOWN_END);
		requires(Promise.FINAL_LOGOUT);
		Browser browser = browser();
		assertThat(browser.open().absence()).isEqualTo(SessionAbsence.ABSENT);
		assertThat(storage().getSession("theme=dark").absence()).isEqualTo(SessionAbsence.ABSENT);
		assertThat(storage().getSession("__session=junk").absence()).isEqualTo(SessionAbsence.REJECTED);
		browser.visit((session) -> session.set("a", 1));
		assertThat(browser.open().absence()).isNull();
		Browser left = browser.copy();
		browser.visit(Session::regenerateId);
		assertThat(left.open().absence()).isEqualTo(SessionAbsence.ENDED);
		assertThat(browser.open().absence()).isNull();
		Browser ended = browser.copy();
		browser.visit((session) -> {
			session.destroy();
			assertThat(session.absence()).isNull();
		});
		assertThat(ended.open().absence()).isEqualTo(SessionAbsence.ENDED);
		browser.visit((session) -> session.set("a", 1));
		letPass(Duration.ofMinutes(31));
		assertThat(browser.open().absence()).isEqualTo(SessionAbsence.EXPIRED);
		assertThat(browser.visit((session) -> session.absence())).as("the cookie stays, so that the next page knows")
			.isNull();
	}

	@Test
	default void destroyingTwiceAndDestroyingNothingDeleteTheCookie() {
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		String header = browser.header();
		for (String cookies : new String[] { header, header, null, "__session=junk", "__session=" }) {
			assertThat(SetCookie.of(storage.destroySession(storage.getSession(cookies))).isDeletion()).isTrue();
		}
	}

	@Test
	default void aLogoutWithAMessageIsClearRegenerateAndFlash() {
		requires(Promise.OWN_ID);
		Browser browser = browser();
		browser.visit((session) -> session.set("userId", "42"));
		Browser stolen = browser.copy();
		browser.visit((session) -> {
			session.clear();
			session.regenerateId();
			session.flash("notice", "bye");
		});
		assertThat(stolen.hasSession()).isFalse();
		assertThat(browser.ask(Session::data)).isEqualTo(Map.of("notice", "bye"));
	}

	@Test
	default void aCookieThatIsNoneOfOursIsAnAnonymousSession() {
		SessionStorage storage = storage();
		for (String value : List.of("", "x", "s1.", "i1.", "i1.AQ", "s1.AQ", "s2.AAAA", "\"x\"", "{\"userId\":\"42\"}",
				"bnVsbA==", "\u0080\u00ff", "a".repeat(16_000))) {
			Session session = storage.getSession("__session=" + value);
			assertThat(session.isNew()).isTrue();
			assertThat(session.data()).isEmpty();
			assertThat(storage.commitIfNeeded(session)).isNull();
		}
	}

	@Test
	default void anAuthenticIdOfAnotherStoreIsAnonymousAndNeverAdopted() {
		requires(Promise.OWN_ID);
		Browser elsewhere = elsewhere();
		elsewhere.visit((session) -> session.set("userId", "42"));
		Browser browser = elsewhere.copy().on(storage());
		assertThat(browser.hasSession()).isFalse();
		assertThat(browser.get("userId")).isNull();
		browser.visit((session) -> session.set("a", 1));
		assertThat(browser.open().id()).isNotEmpty().isNotEqualTo(elsewhere.open().id());
		assertThat(browser.get("a")).isEqualTo(1L);
	}

	/** Where the cookies have the same secret and name, but the store is another. */
	private Browser elsewhere() {
		return new Browser(
				elsewhere(protect(SessionCookie.builder("__session"), SECRET).build()).clock(clock()).build());
	}

}
