package io.sessionkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How often a request asks the store (G1, G2). */
class IoBudgetTests {

	private static final SessionCookie COOKIE = SessionCookie.builder("__session")
		.signedWith("a secret of the budget tests 0123")
		.build();

	private static final SessionKey<List<String>> ITEMS = SessionKey.listOf("items", String.class);

	private final MutableClock clock = new MutableClock();

	private final CountingStrategy strategy = new CountingStrategy(new MemoryStorageStrategy(1000, this.clock));

	private final SessionStorage storage = builder().build();

	private SessionStorage.Builder builder() {
		return SessionStorage.builder(COOKIE, this.strategy).clock(this.clock).idleTimeout(Duration.ofSeconds(1000));
	}

	private Browser visitor() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> {
			session.set("a", 1);
			session.set("items", List.of("one"));
			session.flash("notice", "hi");
		});
		this.strategy.takeCalls();
		return browser;
	}

	@Test
	void aRequestThatNeverUsesItsSessionAsksNothing() {
		Browser browser = visitor();
		assertThat(browser.visit((session) -> {
		})).isNull();
		assertThat(browser.visit((session) -> assertThat(session.isDestroyed()).isFalse())).isNull();
		browser.visit((session) -> assertThat(session).hasToString("Session[open]"));
		this.clock.advance(Duration.ofSeconds(901));
		browser.visit((session) -> {
		});
		assertThat(this.strategy.takeCalls()).isEmpty();
	}

	@Test
	void aRequestWithoutACookieAsksNothingUntilItWrites() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.get("a"));
		assertThat(this.strategy.takeCalls()).isEmpty();
		browser.visit((session) -> session.set("a", 1));
		assertThat(this.strategy.takeCalls()).containsExactly("create");
	}

	@Test
	void readingIsOneRead() {
		Browser browser = visitor();
		browser.visit((session) -> {
			session.get("a");
			session.get(ITEMS);
			session.get("unknown");
			session.has("notice");
			session.data();
			session.id();
			session.keys();
			session.isDirty();
		});
		assertThat(this.strategy.takeCalls()).containsExactly("read");
	}

	@Test
	void writingIsOneReadAndOneUpdate() {
		Browser browser = visitor();
		browser.visit((session) -> {
			session.set("a", 2);
			session.set("b", 3);
			session.unset("items");
		});
		assertThat(this.strategy.takeCalls()).containsExactly("read", "update");
		browser.visit((session) -> session.get("notice"));
		assertThat(this.strategy.takeCalls()).containsExactly("read", "update");
	}

	@Test
	void aChangeInPlaceIsOneUpdateAndNoneWithoutAChange() {
		Browser browser = visitor();
		browser.visit((session) -> session.get(ITEMS).add("two"));
		assertThat(this.strategy.takeCalls()).containsExactly("read", "update");
		browser.visit((session) -> {
			session.get(ITEMS).add("three");
			session.get(ITEMS).remove("three");
		});
		assertThat(this.strategy.takeCalls()).containsExactly("read");
	}

	@Test
	void unsettingWhatIsNotThereIsNoWrite() {
		visitor().visit((session) -> {
			session.unset("unknown");
			session.get("also unknown");
		});
		assertThat(this.strategy.takeCalls()).containsExactly("read");
	}

	@Test
	void aForgedOrMalformedCookieAsksNothing() {
		Browser browser = visitor();
		String valid = browser.header();
		List<String> headers = new ArrayList<>(List.of("__session=", "__session=junk", valid + "x",
				valid.substring(0, valid.length() - 1), "__session=s1" + valid.substring(12),
				String.join("; ", Collections.nCopies(200, "__session=i1.AAAA"))));
		for (String header : headers) {
			Session session = this.storage.getSession(header);
			assertThat(session.get("a")).isNull();
			assertThat(this.storage.commitIfNeeded(session)).isNull();
			assertThat(this.storage.destroySession(this.storage.getSession(header))).isNotNull();
		}
		assertThat(this.strategy.takeCalls()).isEmpty();
	}

	@Test
	void aLogoutIsOneReadAndOneUpdate() {
		visitor().visit(Session::destroy);
		assertThat(this.strategy.takeCalls()).containsExactly("read", "update");
		Browser browser = visitor();
		browser.visit((session) -> {
			session.get("a");
			session.destroy();
		});
		assertThat(this.strategy.takeCalls()).containsExactly("read", "update");
	}

	@Test
	void aLoginIsOneReadAndOneMove() {
		visitor().visit((session) -> {
			session.regenerateId();
			session.set("userId", "42");
		});
		assertThat(this.strategy.takeCalls()).containsExactly("read", "move");
		visitor().visit((session) -> session.regenerateId(false));
		assertThat(this.strategy.takeCalls()).containsExactly("read", "create", "read");
		new Browser(this.storage).visit((session) -> {
			session.regenerateId();
			session.set("userId", "42");
		});
		assertThat(this.strategy.takeCalls()).containsExactly("create");
	}

	@Test
	void aRenewalIsOneUpdatePerTenthOfTheLife() {
		Browser browser = visitor();
		List<String> calls = new ArrayList<>();
		for (int second = 0; second < 1000; second += 5) {
			this.clock.advance(Duration.ofSeconds(5));
			browser.visit((session) -> session.get("a"));
			calls.addAll(this.strategy.takeCalls());
		}
		assertThat(calls).doesNotContain("create", "delete");
		assertThat(Collections.frequency(calls, "read")).isEqualTo(200);
		assertThat(Collections.frequency(calls, "update")).isEqualTo(10);
	}

	@Test
	void withoutRollingReadingNeverWrites() {
		Browser browser = visitor().on(builder().rolling(false).build());
		this.clock.advance(Duration.ofSeconds(901));
		browser.visit((session) -> session.get("a"));
		assertThat(this.strategy.takeCalls()).containsExactly("read");
	}

	@Test
	void aRenewalThatMeetsAnotherWriteIsDropped() {
		Browser browser = visitor();
		this.clock.advance(Duration.ofSeconds(500));
		Session session = browser.open();
		session.get("a");
		browser.visit((other) -> other.set("a", 2));
		this.strategy.takeCalls();
		browser.close(session);
		assertThat(this.strategy.takeCalls()).containsExactly("update");
	}

	@Test
	void aConflictIsOneMoreUpdate() {
		Browser browser = visitor();
		Session session = browser.open();
		session.set("b", 1);
		browser.visit((other) -> other.set("a", 2));
		this.strategy.takeCalls();
		browser.close(session);
		assertThat(this.strategy.takeCalls()).containsExactly("update", "update");
	}

	@Test
	void aLoginThatMeetsAnotherWriteIsOneMoreMove() {
		Browser browser = visitor();
		Session login = browser.open();
		login.regenerateId();
		login.set("userId", "42");
		browser.copy().visit((other) -> other.set("a", 2));
		this.strategy.takeCalls();
		browser.close(login);
		assertThat(this.strategy.takeCalls()).containsExactly("move", "move");
		assertThat(browser.get("a")).isEqualTo(2L);
	}

	@Test
	void aWriteToAnEndedSessionCostsNoMoreThanAnyOther() {
		Browser browser = visitor();
		Browser late = browser.copy();
		Session session = browser.open();
		session.set("b", 1);
		browser.visit(Session::destroy);
		this.strategy.takeCalls();
		late.close(session);
		assertThat(this.strategy.takeCalls()).containsExactly("update");
		late.visit((next) -> next.set("b", 1));
		assertThat(this.strategy.takeCalls()).containsExactly("read");
	}

	@Test
	void whatIsTooLargeIsNotEvenTried() {
		Browser browser = visitor();
		String half = "x".repeat(200 * 1024);
		Session session = browser.open();
		session.set("b", half);
		session.set("c", half);
		this.strategy.takeCalls();
		assertThatExceptionOfType(SessionTooLargeException.class)
			.isThrownBy(() -> this.storage.commitIfNeeded(session));
		Session login = browser.open();
		login.regenerateId();
		login.set("b", half);
		login.set("c", half);
		this.strategy.takeCalls();
		assertThatExceptionOfType(SessionTooLargeException.class).isThrownBy(() -> this.storage.commitIfNeeded(login));
		assertThat(this.strategy.takeCalls()).isEmpty();
		assertThat(browser.get("a")).isEqualTo(1L);
	}

}
