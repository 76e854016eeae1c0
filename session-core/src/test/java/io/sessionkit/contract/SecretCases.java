package io.sessionkit.contract;

import java.time.Duration;

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
	default void ofTwoAuthenticCookiesTheOneIssuedLastCounts() {
		requires(Promise.BOUND_COOKIE);
		SessionStorage storage = storage();
		Browser older = new Browser(storage);
		older.visit((session) -> session.set("a", "older"));
		letPass(Duration.ofSeconds(1));
		Browser newer = new Browser(storage);
		newer.visit((session) -> session.set("a", "newer"));
		assertThat(storage.getSession(older.header() + "; " + newer.header()).get("a")).isEqualTo("newer");
		assertThat(storage.getSession(newer.header() + "; " + older.header()).get("a")).isEqualTo("newer");
		assertThat(storage.getSession("__session=junk; " + older.header()).get("a")).isEqualTo("older");
	}

}
