package io.sessionkit.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import io.sessionkit.CommitOptions;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Of the {@link StorageContract}: how use prolongs a session. */
interface RenewalCases extends StorageFixture {

	@Test
	default void readingKeepsASessionAlive() {
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofMinutes(10)));
		browser.visit((session) -> session.set("a", 1));
		for (int i = 0; i < 6; i++) {
			letPass(Duration.ofMinutes(9));
			assertThat(browser.get("a")).isEqualTo(1L);
		}
	}

	@Test
	default void readingRenewsAtMostOncePerTenthOfTheLife() {
		requires(Promise.KNOWN_END);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofSeconds(1000)));
		browser.visit((session) -> session.set("a", 1));
		Set<Instant> ends = new HashSet<>();
		for (int second = 0; second < 1000; second += 10) {
			letPass(Duration.ofSeconds(10));
			assertThat(browser.get("a")).isEqualTo(1L);
			ends.add(browser.open().expiresAt());
		}
		assertThat(ends).hasSizeBetween(10, 11);
	}

	@Test
	default void aTenthOfTheLifeIsTheFirstMomentOfARenewal() {
		requires(Promise.KNOWN_END);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofSeconds(1000)));
		browser.visit((session) -> session.set("a", 1));
		Instant end = browser.open().expiresAt();
		letPass(Duration.ofSeconds(99));
		browser.get("a");
		assertThat(browser.open().expiresAt()).isEqualTo(end);
		letPass(Duration.ofSeconds(1));
		browser.get("a");
		assertThat(browser.open().expiresAt()).isEqualTo(end.plusSeconds(100));
	}

	@Test
	default void lookingAtTheSessionWithoutReadingAValueIsUseToo() {
		requires(Promise.KNOWN_END);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofSeconds(1000)));
		browser.visit((session) -> session.set("a", 1));
		Instant end = browser.open().expiresAt();
		letPass(Duration.ofSeconds(500));
		browser.visit((session) -> assertThat(session.isNew()).isFalse());
		assertThat(browser.open().expiresAt()).isEqualTo(end.plusSeconds(500));
	}

	@Test
	default void aRequestWithoutRenewalTellsTheRestOfTheLifeAndChangesNoneOfIt() {
		requires(Promise.KNOWN_END);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofSeconds(1000)));
		browser.visit((session) -> session.set("a", 1));
		Instant end = browser.open().expiresAt();
		letPass(Duration.ofSeconds(500));
		assertThat(browser.visit((session) -> {
			session.withoutRenewal();
			assertThat(session.get("a")).isEqualTo(1L);
			assertThat(session.expiresAt()).isEqualTo(end);
		})).isNull();
		browser.visit((session) -> {
			session.set("a", 2);
			session.withoutRenewal();
		});
		Session written = browser.open();
		assertThat(written.get("a")).isEqualTo(2L);
		assertThat(written.expiresAt()).isEqualTo(end);
	}

	@Test
	default void aLifeThatIsSetCountsAlsoInARequestWithoutRenewal() {
		requires(Promise.OWN_LIFE);
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		browser.visit((session) -> {
			session.withoutRenewal();
			session.maxAge(Duration.ofSeconds(2000));
		});
		assertThat(browser.open().expiresAt()).isEqualTo(now().plusSeconds(2000));
	}

	@Test
	default void withoutRollingOnlyWritesRenew() {
		requires(Promise.KNOWN_END);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofSeconds(1000)).rolling(false));
		browser.visit((session) -> session.set("a", 1));
		Instant end = browser.open().expiresAt();
		letPass(Duration.ofSeconds(500));
		assertThat(browser.visit((session) -> session.get("a"))).isNull();
		assertThat(browser.open().expiresAt()).isEqualTo(end);
		browser.visit((session) -> session.set("a", 2));
		assertThat(browser.open().expiresAt()).isEqualTo(end.plusSeconds(500));
	}

	@Test
	default void aRenewalMovesTheAgeOfTheCookieToo() {
		requires(Promise.KNOWN_END);
		Browser browser = new Browser(
				storage(protect(SessionCookie.builder("__session").maxAge(Duration.ofHours(1)), SECRET), (options) -> {
				}));
		browser.visit((session) -> session.set("a", 1));
		letPass(Duration.ofMinutes(5));
		assertThat(browser.visit((session) -> session.get("a"))).isNull();
		letPass(Duration.ofMinutes(1));
		SetCookie cookie = browser.visit((session) -> session.get("a"));
		assertThat(cookie).isNotNull();
		assertThat(cookie.maxAge()).isEqualTo(Duration.ofHours(1));
	}

	@Test
	default void theBrowserKeepsTheCookieOfASessionThatIsOnlyEverWritten() {
		Browser browser = new Browser(
				storage(protect(SessionCookie.builder("__session").maxAge(Duration.ofHours(1)), SECRET), (options) -> {
				}));
		browser.visit((session) -> session.set("a", 0));
		Instant cookieEnds = now().plus(Duration.ofHours(1));
		for (int i = 1; i < 40; i++) {
			letPass(Duration.ofMinutes(4));
			assertThat(now()).isBefore(cookieEnds);
			int value = i;
			SetCookie cookie = browser.visit((session) -> session.set("a", value));
			cookieEnds = (cookie != null) ? now().plus(cookie.maxAge()) : cookieEnds;
		}
	}

	@Test
	default void aRenewalNextToAnotherOneIsDroppedQuietly() {
		requires(Promise.KNOWN_END);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofSeconds(1000)));
		browser.visit((session) -> session.set("a", 1));
		letPass(Duration.ofSeconds(500));
		Session one = browser.open();
		Session two = browser.open();
		assertThat(one.get("a")).isEqualTo(1L);
		assertThat(two.get("a")).isEqualTo(1L);
		browser.close(one);
		browser.close(two);
		assertThat(browser.open().expiresAt()).isEqualTo(now().plusSeconds(1000));
		assertThat(browser.get("a")).isEqualTo(1L);
	}

	@Test
	default void aRenewalNextToAWriteKeepsTheWrite() {
		requires(Promise.NO_LOST_CHANGE);
		Browser browser = browser((options) -> options.idleTimeout(Duration.ofSeconds(1000)));
		browser.visit((session) -> session.set("a", 1));
		letPass(Duration.ofSeconds(500));
		Session reader = browser.open();
		assertThat(reader.get("a")).isEqualTo(1L);
		browser.visit((session) -> session.set("a", 2));
		browser.close(reader);
		assertThat(browser.get("a")).isEqualTo(2L);
	}

	@Test
	default void renewingStopsAtTheAbsoluteTimeout() {
		requires(Promise.KNOWN_AGE);
		Browser browser = browser(
				(options) -> options.idleTimeout(Duration.ofSeconds(1000)).absoluteTimeout(Duration.ofSeconds(1500)));
		browser.visit((session) -> session.set("a", 1));
		Instant end = now().plusSeconds(1500);
		letPass(Duration.ofSeconds(901));
		browser.get("a");
		assertThat(browser.open().expiresAt()).isEqualTo(end);
		letPass(Duration.ofSeconds(599));
		assertThat(browser.visit((session) -> session.get("a"))).isNull();
		letPass(Duration.ofSeconds(1));
		assertThat(browser.hasSession()).isFalse();
	}

	@Test
	default void renewingALifeOfItsOwnStopsAtTheAbsoluteTimeoutToo() {
		requires(Promise.OWN_LIFE);
		Browser browser = browser((options) -> options.absoluteTimeout(Duration.ofDays(10)));
		browser.visit((session) -> {
			session.set("a", 1);
			session.maxAge(Duration.ofDays(7));
		});
		Instant end = now().plus(Duration.ofDays(10));
		letPass(Duration.ofDays(6));
		SetCookie cookie = browser.visit((session) -> session.get("a"));
		assertThat(cookie.maxAge()).isEqualTo(Duration.ofDays(4));
		assertThat(browser.open().expiresAt()).isEqualTo(end);
		letPass(Duration.ofDays(4).minusSeconds(1));
		assertThat(browser.get("a")).isEqualTo(1L);
		letPass(Duration.ofSeconds(1));
		assertThat(browser.hasSession()).isFalse();
	}

	@Test
	default void aRenewalReturnsFromTheMaxAgeOfOneCommitToTheLifeOfTheSession() {
		requires(Promise.KNOWN_END);
		SessionStorage storage = storage((options) -> options.idleTimeout(Duration.ofSeconds(1000)));
		Browser browser = new Browser(storage);
		Session session = browser.open();
		session.set("a", 1);
		browser.receive(storage.commitSession(session, CommitOptions.maxAge(Duration.ofSeconds(5000))));
		Instant end = now().plusSeconds(5000);
		letPass(Duration.ofSeconds(4000));
		assertThat(browser.get("a")).isEqualTo(1L);
		assertThat(browser.open().expiresAt()).as("a renewal never shortens").isEqualTo(end);
		letPass(Duration.ofSeconds(999));
		assertThat(browser.get("a")).isEqualTo(1L);
		assertThat(browser.open().expiresAt()).isEqualTo(now().plusSeconds(1000));
	}

	@Test
	default void withoutRollingTheMaxAgeOfOneCommitIsTheEnd() {
		requires(Promise.KNOWN_END);
		SessionStorage storage = storage((options) -> options.idleTimeout(Duration.ofSeconds(1000)).rolling(false));
		Browser browser = new Browser(storage);
		Session session = browser.open();
		session.set("a", 1);
		browser.receive(storage.commitSession(session, CommitOptions.maxAge(Duration.ofSeconds(100))));
		letPass(Duration.ofSeconds(99));
		assertThat(browser.get("a")).isEqualTo(1L);
		letPass(Duration.ofSeconds(1));
		assertThat(browser.hasSession()).isFalse();
	}

}
