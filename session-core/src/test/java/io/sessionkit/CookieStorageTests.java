package io.sessionkit;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StorageContract;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions in encrypted cookies: the contract, and what holds where the guarantees of a
 * store cannot.
 */
class CookieStorageTests extends StorageContract {

	@Override
	public SessionStorage.Builder builder(SessionCookie cookie) {
		return SessionStorage.builder(cookie);
	}

	@Override
	public SessionCookie.Builder protect(SessionCookie.Builder cookie, String... secrets) {
		return cookie.encryptedWith(secrets);
	}

	@Override
	public Set<Promise> notPromised() {
		return Set.of(Promise.NO_LOST_CHANGE, Promise.SHARED_BETWEEN_NODES);
	}

	@Override
	public boolean everyWriteSendsACookie() {
		return true;
	}

	@Test
	void ofParallelChangesTheCookieThatCameLastIsKept() {
		Browser browser = new Browser(SessionStorage.inCookie(cookie()));
		browser.visit((session) -> session.set("a", 0));
		Session one = browser.open();
		Session two = browser.open();
		one.set("a", 1);
		two.set("b", 2);
		browser.close(one);
		browser.close(two);
		assertThat(browser.ask(Session::data)).isEqualTo(Map.of("a", 0L, "b", 2L));
	}

	@Test
	void aParallelResponseThatWritesTheCookieMayBringAReadFlashBack() {
		Browser browser = new Browser(SessionStorage.inCookie(cookie()));
		browser.visit((session) -> session.flash("notice", "saved"));
		Session slow = browser.open();
		slow.set("a", 1);
		assertThat(browser.get("notice")).isEqualTo("saved");
		browser.close(slow);
		assertThat(browser.get("notice")).isEqualTo("saved");
	}

	@Test
	void anEndIsKnownToTheNodeThatMadeItAlone() {
		Browser browser = new Browser(SessionStorage.inCookie(cookie()));
		browser.visit((session) -> session.set("a", 1));
		Browser stolen = browser.copy();
		browser.visit(Session::destroy);
		assertThat(stolen.hasSession()).isFalse();
		assertThat(stolen.on(SessionStorage.inCookie(cookie())).get("a")).isEqualTo(1L);
	}

	@Test
	void anEndedSessionStaysDeadForACopyToWhichAnotherRequestGaveALongerLife() {
		SessionStorage storage = storage((options) -> options.idleTimeout(Duration.ofMinutes(10)));
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("userId", "42"));
		Session logout = browser.open();
		Browser remembered = browser.copy();
		remembered.visit((session) -> session.maxAge(Duration.ofDays(7)));
		logout.destroy();
		browser.close(logout);
		for (int day = 0; day < 7; day++) {
			assertThat(remembered.hasSession()).isFalse();
			letPass(Duration.ofDays(1).minusSeconds(1));
			Browser another = new Browser(storage);
			another.visit((session) -> session.set("a", 1));
			another.visit(Session::destroy);
		}
		assertThat(remembered.hasSession()).isFalse();
	}

	@Test
	void anIdIsSixteenRandomBytes() {
		Browser browser = new Browser(SessionStorage.inCookie(cookie()));
		browser.visit((session) -> session.set("a", 1));
		assertThat(browser.open().id()).matches("[A-Za-z0-9_-]{22}");
	}

	private SessionCookie cookie() {
		return protect(SessionCookie.builder("__session"), "a secret of the cookie storage tests").build();
	}

}
