package io.sessionkit.contract;

import java.util.List;
import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import io.sessionkit.SessionStorage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Of the {@link StorageContract}: from the first value to the last change. */
interface LifeCases extends StorageFixture {

	@Test
	default void whatOneRequestSetsTheNextOneReads() {
		Browser browser = browser();
		browser.visit((session) -> {
			session.set("userId", "42");
			session.set("items", List.of(1, 2));
		});
		assertThat(browser.get("userId")).isEqualTo("42");
		assertThat(browser.get("items")).isEqualTo(List.of(1L, 2L));
	}

	@Test
	default void aSessionThatNobodyUsesSendsNoCookie() {
		Browser browser = browser();
		assertThat(browser.visit((session) -> {
		})).isNull();
		browser.visit((session) -> session.set("a", 1));
		assertThat(browser.visit((session) -> {
		})).isNull();
	}

	@Test
	default void readingANewSessionSendsNoCookie() {
		assertThat(browser().visit((session) -> {
			assertThat(session.get("a")).isNull();
			assertThat(session.keys()).isEmpty();
			assertThat(session.isNew()).isTrue();
		})).isNull();
	}

	@Test
	default void aNewSessionThatEndsUpEmptyIsNotKept() {
		assertThat(browser().visit((session) -> {
			session.set("a", 1);
			session.unset("a");
		})).isNull();
	}

	@Test
	default void anExplicitCommitKeepsAlsoAnEmptySession() {
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		assertThat(browser.receive(storage.commitSession(browser.open()))).isNotNull();
		assertThat(browser.hasSession()).isTrue();
	}

	@Test
	default void anExplicitCommitOfAnUnchangedSessionSendsItsCookieAgain() {
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		String id = browser.open().id();
		assertThat(browser.receive(storage.commitSession(browser.open()))).isNotNull();
		assertThat(browser.open().id()).isEqualTo(id);
		assertThat(browser.get("a")).isEqualTo(1L);
	}

	@Test
	default void readingSendsNoCookie() {
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		assertThat(browser.visit((session) -> session.get("a"))).isNull();
	}

	@Test
	default void settingAgainReplacesAndUnsettingRemoves() {
		Browser browser = browser();
		browser.visit((session) -> {
			session.set("a", 1);
			session.set("b", 1);
		});
		browser.visit((session) -> {
			session.set("a", 2);
			session.unset("b");
		});
		assertThat(browser.ask(Session::data)).isEqualTo(Map.of("a", 2L));
	}

	@Test
	default void aSessionThatIsClearedLivesOnEmpty() {
		Browser browser = browser();
		browser.visit((session) -> {
			session.set("a", 1);
			session.flash("notice", "hi");
		});
		browser.visit(Session::clear);
		assertThat(browser.ask(Session::data)).isEmpty();
		assertThat(browser.hasSession()).isTrue();
	}

	@Test
	default void aChangeInPlaceIsSaved() {
		SessionKey<List<String>> items = SessionKey.listOf("items", String.class);
		Browser browser = browser();
		browser.visit((session) -> session.set("items", List.of("one")));
		browser.visit((session) -> session.get(items).add("two"));
		assertThat(browser.get("items")).isEqualTo(List.of("one", "two"));
	}

	@Test
	default void theIdIsEmptyUntilTheFirstCommitAndStaysFromThenOn() {
		requires(Promise.OWN_ID);
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		Session session = browser.open();
		session.set("a", 1);
		assertThat(session.id()).isEmpty();
		assertThat(session.isNew()).isTrue();
		browser.close(session);
		assertThat(session.id()).isNotEmpty();
		browser.visit((next) -> next.set("a", 2));
		assertThat(browser.open().id()).isEqualTo(session.id());
	}

	@Test
	default void twoVisitorsNeverShareAnything() {
		requires(Promise.OWN_ID);
		SessionStorage storage = storage();
		Browser one = new Browser(storage);
		Browser two = new Browser(storage);
		one.visit((session) -> session.set("a", "one"));
		two.visit((session) -> session.set("a", "two"));
		assertThat(one.get("a")).isEqualTo("one");
		assertThat(two.get("a")).isEqualTo("two");
		assertThat(one.open().id()).isNotEqualTo(two.open().id());
	}

	@Test
	default void aSessionIsCommittedOnce() {
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		Session session = browser.open();
		session.set("a", 1);
		browser.close(session);
		assertThat(storage.commitIfNeeded(session)).isNull();
		assertThatIllegalStateException().isThrownBy(() -> storage.commitSession(session));
		assertThatIllegalStateException().isThrownBy(() -> session.set("b", 2));
		assertThat(session.get("a")).isEqualTo(1L);
	}

	@Test
	default void aSessionMadeOutOfNothingCanBeCommitted() {
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.receive(storage.commitSession(Session.create(Map.of("a", 1))));
		assertThat(browser.get("a")).isEqualTo(1L);
	}

	@Test
	default void anotherNodeReadsTheSession() {
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		assertThat(browser.on(storage()).get("a")).isEqualTo(1L);
	}

	@Test
	default void theCookiesValueAloneCarriesTheSessionOverAnyTransport() {
		requires(Promise.OWN_ID);
		SessionStorage storage = storage();
		Session first = storage.read(null);
		first.set("a", 1);
		String value = storage.save(first);
		assertThat(value).isNotEmpty();
		Session second = storage.read(value);
		assertThat(second.get("a")).isEqualTo(1L);
		assertThat(storage.save(second)).isNull();
		Session third = storage.read(value);
		third.destroy();
		assertThat(storage.save(third)).isEmpty();
		assertThat(storage.read(value).isNew()).isTrue();
		assertThat(storage.read("").isNew()).isTrue();
	}

}
