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
	void aLateRenewalDoesNotUndoWhatAnotherRequestHasWritten() {
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.visit((session) -> {
			session.set("cart", 1);
			session.flash("notice", "saved");
		});
		letPass(Duration.ofMinutes(10));
		Session slow = browser.open();
		assertThat(slow.get("cart")).isEqualTo(1L);
		Browser late = browser.copy();
		browser.visit((session) -> {
			session.set("cart", 2);
			session.get("notice");
		});
		assertThat(browser.close(slow)).isNull();
		assertThat(late.visit((session) -> session.get("cart"))).as("read after the write, sent before").isNull();
		assertThat(browser.get("cart")).isEqualTo(2L);
		assertThat(browser.get("notice")).isNull();
		letPass(Duration.ofMinutes(10));
		assertThat(browser.visit((session) -> session.get("cart"))).as("its own renewal").isNotNull();
	}

	@Test
	void onAnotherNodeALateRenewalBringsTheOlderCookieBack() {
		Browser browser = new Browser(storage());
		browser.visit((session) -> session.set("cart", 1));
		letPass(Duration.ofMinutes(10));
		SessionStorage other = storage();
		Session slow = browser.on(other).open();
		slow.get("cart");
		browser.visit((session) -> session.set("cart", 2));
		assertThat(browser.on(other).close(slow)).isNotNull();
		assertThat(browser.get("cart")).isEqualTo(1L);
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
