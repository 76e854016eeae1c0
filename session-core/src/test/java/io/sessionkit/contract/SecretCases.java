package io.sessionkit.contract;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Of the {@link StorageContract}: what protects the cookie, and its change (G14). */
interface SecretCases extends StorageFixture {

	private SessionStorage storage(String name, String... secrets) {
		return storage(protect(SessionCookie.builder(name), secrets), (options) -> {
		});
	}

	@Test
	default void aNewSecretLogsNobodyOutAndTakesOverWithTheNextResponse() {
		Browser browser = new Browser(storage("__session", SECRET));
		browser.visit((session) -> session.set("userId", "42"));
		String id = browser.open().id();

		Browser rotated = browser.on(storage("__session", OTHER_SECRET, SECRET));
		assertThat(rotated.visit((session) -> assertThat(session.get("userId")).isEqualTo("42"))).isNotNull();
		assertThat(rotated.visit((session) -> session.get("userId"))).isNull();

		Browser without = browser.on(storage("__session", OTHER_SECRET));
		assertThat(without.get("userId")).isEqualTo("42");
		assertThat(without.open().id()).isEqualTo(id);
	}

	@Test
	default void aSlowRequestUnderTheOlderSecretDoesNotLogTheWinnerOut() {
		requires(Promise.OWN_ID);
		Browser browser = new Browser(storage("__session", SECRET));
		browser.visit((session) -> session.set("a", 1));
		Browser rotated = browser.on(storage("__session", OTHER_SECRET, SECRET));
		Session slow = rotated.open();
		slow.get("a");
		rotated.visit((session) -> {
			session.regenerateId();
			session.set("userId", "42");
		});
		assertThat(rotated.close(slow)).isNull();
		assertThat(rotated.get("userId")).isEqualTo("42");
	}

	@Test
	default void aWriteTakesTheNewSecretTooAndSoDoesALogin() {
		Browser browser = new Browser(storage("__session", SECRET));
		browser.visit((session) -> session.set("userId", "42"));
		Browser loggingIn = browser.copy();
		SessionStorage rotated = storage("__session", OTHER_SECRET, SECRET);
		SessionStorage without = storage("__session", OTHER_SECRET);

		assertThat(browser.on(rotated).visit((session) -> session.set("cart", 1))).isNotNull();
		assertThat(browser.on(without).get("userId")).isEqualTo("42");

		loggingIn.on(rotated).visit(Session::regenerateId);
		assertThat(loggingIn.on(without).get("userId")).isEqualTo("42");
	}

	@Test
	default void aSecretThatIsNoLongerThereOpensNothing() {
		Browser browser = new Browser(storage("__session", SECRET));
		browser.visit((session) -> session.set("userId", "42"));
		assertThat(browser.on(storage("__session", OTHER_SECRET)).hasSession()).isFalse();
	}

	@Test
	default void aCookieOfAnotherNameIsNotTaken() {
		requires(Promise.BOUND_COOKIE);
		Browser browser = new Browser(storage("__session", SECRET));
		browser.visit((session) -> session.set("userId", "42"));
		String renamed = browser.header().replace("__session=", "other=");
		assertThat(storage("other", SECRET).getSession(renamed).isNew()).isTrue();
		assertThat(storage("other", SECRET).getSession(browser.header()).isNew()).isTrue();
	}

	@Test
	default void ofTwoCookiesOfOneSessionTheOneIssuedLastCounts() {
		requires(Promise.BOUND_COOKIE);
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", "older"));
		String older = browser.header();
		letPass(Duration.ofSeconds(1));
		browser.visit((session) -> {
			session.set("a", "newer");
			session.maxAge(Duration.ofMinutes(20));
		});
		assertThat(storage.getSession(older + "; " + browser.header()).get("a")).isEqualTo("newer");
		assertThat(storage.getSession(browser.header() + "; " + older).get("a")).isEqualTo("newer");
		assertThat(storage.getSession("__session=junk; " + older).isNew()).isFalse();
	}

	@Test
	default void ofTwoSessionsThatLiveNoneCountsAndOfOneThatLivesThatOne() {
		requires(Promise.BOUND_COOKIE);
		requires(Promise.FINAL_LOGOUT);
		SessionStorage storage = storage();
		Browser victim = new Browser(storage);
		victim.visit((session) -> session.set("a", "victim"));
		letPass(Duration.ofSeconds(1));
		Browser planter = new Browser(storage);
		planter.visit((session) -> session.set("a", "planter"));
		for (String header : List.of(victim.header() + "; " + planter.header(),
				planter.header() + "; " + victim.header())) {
			Session session = storage.getSession(header);
			assertThat(session.isNew()).isTrue();
			assertThat(session.get("a")).isNull();
			assertThat(storage.expireVariants(session, "example.com", "/")).isNotEmpty();
		}
		String ended = planter.header();
		planter.visit(Session::destroy);
		assertThat(storage.getSession(ended + "; " + victim.header()).get("a")).isEqualTo("victim");
	}

	@Test
	default void aLogoutWithTheCookiesOfTwoSessionsEndsBoth() {
		requires(Promise.BOUND_COOKIE);
		requires(Promise.FINAL_LOGOUT);
		SessionStorage storage = storage();
		Browser one = new Browser(storage);
		one.visit((session) -> session.set("a", "1"));
		Browser other = new Browser(storage);
		other.visit((session) -> session.set("a", "2"));
		storage.destroySession(storage.getSession(one.header() + "; " + other.header()));
		assertThat(storage.getSession(one.header()).isNew()).isTrue();
		assertThat(storage.getSession(other.header()).isNew()).isTrue();
	}

	@Test
	default void noNumberOfCookiesInFrontHidesTheRightOne() {
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		String planted = String.join("; ", Collections.nCopies(180, "__session=s1.AQAAAAAAAAAAAAAAAAAAAAAA"));
		assertThat(storage.getSession(planted + "; " + browser.header()).get("a")).isEqualTo(1L);
	}

}
