package io.sessionkit.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.sessionkit.CommitOptions;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Of the {@link StorageContract}: how long a session lives (G8). */
interface ExpiryCases extends StorageFixture {

	@Test
	default void anUnusedSessionEndsAfterTheIdleTimeout() {
		requires(Promise.KNOWN_END);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofMinutes(10)));
		browser.visit((session) -> session.set("a", 1));
		assertThat(browser.open().expiresAt()).isEqualTo(now().plusSeconds(600));
		letPass(Duration.ofSeconds(599));
		assertThat(browser.hasSession()).isTrue();
		letPass(Duration.ofSeconds(1));
		assertThat(browser.hasSession()).isFalse();
		assertThat(browser.get("a")).isNull();
	}

	@Test
	default void aRequestThatOutlastsTheIdleTimeoutKeepsItsChanges() {
		requires(Promise.KNOWN_AGE);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofMinutes(10)));
		browser.visit((session) -> session.set("a", 1));
		letPass(Duration.ofSeconds(590));
		Session slow = browser.open();
		assertThat(slow.get("a")).isEqualTo(1L);
		letPass(Duration.ofMinutes(9));
		assertThat(browser.hasSession()).as("for a request that comes now").isFalse();
		slow.set("a", 2);
		browser.close(slow);
		assertThat(slow.expiresAt()).isEqualTo(now().plus(Duration.ofMinutes(10)));
		assertThat(browser.get("a")).isEqualTo(2L);
	}

	@Test
	default void aRequestThatOutlastsTheIdleTimeoutDoesNotUndoALogout() {
		requires(Promise.KNOWN_AGE);
		requires(Promise.FINAL_LOGOUT);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofMinutes(10)));
		browser.visit((session) -> session.set("a", 1));
		Browser stolen = browser.copy();
		Session slow = browser.open();
		assertThat(slow.get("a")).isEqualTo(1L);
		browser.copy().visit(Session::destroy);
		letPass(Duration.ofMinutes(12));
		slow.set("a", 2);
		assertThat(browser.close(slow)).isNull();
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	default void theIdleTimeoutIsThirtyMinutesIfNobodySaysMore() {
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofMinutes(30)));
	}

	@Test
	default void theCookiesMaxAgeIsTheIdleTimeoutIfNobodySaysMore() {
		requires(Promise.KNOWN_END);
		Browser browser = new Browser(
				storage(protect(SessionCookie.builder("__session").maxAge(Duration.ofHours(2)), SECRET), (options) -> {
				}));
		SetCookie cookie = browser.visit((session) -> session.set("a", 1));
		assertThat(cookie.maxAge()).isEqualTo(Duration.ofHours(2));
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofHours(2)));
	}

	@Test
	default void theAbsoluteTimeoutEndsAlsoASessionInUse() {
		requires(Promise.KNOWN_AGE);
		Browser browser = browser(
				(options) -> options.idleTimeout(Duration.ofMinutes(10)).absoluteTimeout(Duration.ofMinutes(30)));
		browser.visit((session) -> session.set("a", 0));
		Instant created = now();
		for (int minute = 5; minute < 30; minute += 5) {
			letPass(Duration.ofMinutes(5));
			int value = minute;
			browser.visit((session) -> session.set("a", value));
			assertThat(browser.open().createdAt()).isEqualTo(created);
			assertThat(browser.open().expiresAt()).isBeforeOrEqualTo(created.plus(Duration.ofMinutes(30)));
		}
		letPass(Duration.ofSeconds(299));
		assertThat(browser.hasSession()).isTrue();
		letPass(Duration.ofSeconds(1));
		assertThat(browser.hasSession()).isFalse();
	}

	@Test
	default void aShorterAbsoluteTimeoutCountsForSessionsThatExistToo() {
		requires(Promise.KNOWN_AGE);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofHours(10)));
		browser.visit((session) -> session.set("a", 1));
		letPass(Duration.ofHours(1));
		Browser stricter = browser
			.on(storage((options) -> options.idleTimeout(Duration.ofHours(10)).absoluteTimeout(Duration.ofHours(1))));
		assertThat(stricter.hasSession()).isFalse();
	}

	@Test
	default void regeneratingBeginsANewAbsolutePeriod() {
		requires(Promise.KNOWN_AGE);
		Browser browser = browser(
				(options) -> options.idleTimeout(Duration.ofMinutes(20)).absoluteTimeout(Duration.ofMinutes(30)));
		browser.visit((session) -> session.set("a", 1));
		letPass(Duration.ofMinutes(15));
		browser.visit(Session::regenerateId);
		assertThat(browser.open().createdAt()).isEqualTo(now());
		letPass(Duration.ofMinutes(19));
		assertThat(browser.get("a")).isEqualTo(1L);
		letPass(Duration.ofMinutes(10));
		assertThat(browser.get("a")).isEqualTo(1L);
		letPass(Duration.ofMinutes(1));
		assertThat(browser.hasSession()).isFalse();
	}

	@Test
	default void aLifeOfItsOwnIsKeptByWritesAndRenewals() {
		requires(Promise.OWN_LIFE);
		Browser browser = browser();
		SetCookie cookie = browser.visit((session) -> {
			session.set("a", 1);
			session.maxAge(Duration.ofDays(7));
		});
		assertThat(cookie.maxAge()).isEqualTo(Duration.ofDays(7));
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofDays(7)));

		letPass(Duration.ofDays(1));
		cookie = browser.visit((session) -> session.get("a"));
		assertThat(cookie.maxAge()).isEqualTo(Duration.ofDays(7));
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofDays(7)));

		letPass(Duration.ofDays(1));
		cookie = browser.visit((session) -> session.set("a", 2));
		assertThat(cookie.maxAge()).isEqualTo(Duration.ofDays(7));
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofDays(7)));

		cookie = browser.visit(Session::regenerateId);
		assertThat(cookie.maxAge()).isEqualTo(Duration.ofDays(7));
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofDays(7)));
	}

	@Test
	default void theAbsoluteTimeoutCapsALifeOfItsOwnInSessionAndCookie() {
		requires(Promise.OWN_LIFE);
		Browser browser = browser((options) -> options.absoluteTimeout(Duration.ofDays(3)));
		SetCookie cookie = browser.visit((session) -> {
			session.set("a", 1);
			session.maxAge(Duration.ofDays(7));
		});
		assertThat(cookie.maxAge()).isEqualTo(Duration.ofDays(3));
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofDays(3)));
	}

	@Test
	default void untilBrowserClosesTakesTheLifeOfItsOwnBack() {
		requires(Promise.OWN_LIFE);
		Browser browser = new Browser(
				storage(protect(SessionCookie.builder("__session").maxAge(Duration.ofHours(2)), SECRET), (options) -> {
				}));
		browser.visit((session) -> {
			session.set("a", 1);
			session.maxAge(Duration.ofDays(7));
		});
		SetCookie cookie = browser.visit(Session::untilBrowserCloses);
		assertThat(cookie.attributes()).doesNotContainKeys("max-age", "expires");
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofHours(2)));
		cookie = browser.visit(Session::regenerateId);
		assertThat(cookie.attributes()).doesNotContainKeys("max-age", "expires");
	}

	@Test
	default void theMaxAgeOfOneCommitLastsUntilTheNext() {
		requires(Promise.KNOWN_END);
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		Session session = browser.open();
		session.set("a", 1);
		SetCookie cookie = browser.receive(storage.commitSession(session, CommitOptions.maxAge(Duration.ofHours(5))));
		assertThat(cookie.maxAge()).isEqualTo(Duration.ofHours(5));
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofHours(5)));
		browser.visit((next) -> next.set("a", 2));
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofMinutes(30)));
	}

	@Test
	default void theExpiresOfOneCommitIsTheEndOfSessionAndCookie() {
		requires(Promise.KNOWN_END);
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		Session session = browser.open();
		session.set("a", 1);
		SetCookie cookie = browser
			.receive(storage.commitSession(session, CommitOptions.expires(now().plus(Duration.ofHours(5)))));
		assertThat(cookie.attributes()).containsKey("expires").doesNotContainKey("max-age");
		letPass(Duration.ofHours(5).minusSeconds(1));
		assertThat(browser.hasSession()).isTrue();
		letPass(Duration.ofSeconds(1));
		assertThat(browser.hasSession()).isFalse();
	}

	@Test
	default void anExpiresInThePastEndsTheSession() {
		requires(Promise.KNOWN_END);
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		browser.receive(storage.commitSession(browser.open(), CommitOptions.expires(now().minusSeconds(1))));
		assertThat(browser.hasSession()).isFalse();
	}

	@Test
	default void aBrowserSessionSendsNoAgeAndKeepsTheLifeOnTheServer() {
		requires(Promise.KNOWN_END);
		SessionStorage storage = storage(
				protect(SessionCookie.builder("__session").maxAge(Duration.ofHours(2)), SECRET), (options) -> {
				});
		Browser browser = new Browser(storage);
		Session session = browser.open();
		session.set("a", 1);
		SetCookie cookie = browser.receive(storage.commitSession(session, CommitOptions.browserSession()));
		assertThat(cookie.attributes()).doesNotContainKeys("max-age", "expires");
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofHours(2)));
	}

	@Test
	default void theAbsoluteTimeoutCapsTheOptionsOfACommitToo() {
		requires(Promise.KNOWN_END);
		SessionStorage storage = storage((options) -> options.absoluteTimeout(Duration.ofHours(3)));
		Browser browser = new Browser(storage);
		Session session = browser.open();
		session.set("a", 1);
		SetCookie cookie = browser.receive(storage.commitSession(session, CommitOptions.maxAge(Duration.ofHours(5))));
		assertThat(cookie.maxAge()).isEqualTo(Duration.ofHours(3));
		browser.receive(storage.commitSession(browser.open(), CommitOptions.expires(now().plusSeconds(86_400))));
		assertThat(browser.open().expiresAt()).isEqualTo(now().plus(Duration.ofHours(3)));
	}

	@Test
	default void momentsAreWholeSecondsAndMoveWithTheCommit() {
		clock().advance(Duration.ofMillis(700));
		Browser browser = browser();
		Session session = browser.open();
		session.set("a", 1);
		browser.close(session);
		assertThat(session.createdAt()).isEqualTo(session.createdAt().truncatedTo(ChronoUnit.SECONDS));
		assertThat(session.expiresAt()).isEqualTo(session.expiresAt().truncatedTo(ChronoUnit.SECONDS));
		assertThat(browser.open().createdAt()).isEqualTo(session.createdAt());
		assertThat(browser.open().expiresAt()).isEqualTo(session.expiresAt());
	}

}
