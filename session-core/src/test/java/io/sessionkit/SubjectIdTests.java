package io.sessionkit;

import java.util.stream.Stream;

import io.sessionkit.contract.Browser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who knew the id of a session before it became somebody's does not share it. */
class SubjectIdTests {

	static Stream<SessionStorage> storages() {
		return Stream.of(SessionStorage.inCookie(Storages.ENCRYPTED), Storages.records());
	}

	private static String id(Browser browser) {
		return browser.open().id();
	}

	@ParameterizedTest
	@MethodSource("storages")
	void aSessionThatBecomesSomebodysOrAnothersGetsANewId(SessionStorage storage) {
		Browser victim = new Browser(storage);
		victim.visit((session) -> session.set("planted", 1));
		for (String subject : new String[] { "ada", "bob" }) {
			Browser thief = victim.copy();
			victim.visit((session) -> session.subject(subject));
			assertThat(victim.open().subject()).isEqualTo(subject);
			assertThat(victim.get("planted")).isEqualTo(1L);
			assertThat(thief.hasSession()).as("of %s", subject).isFalse();
		}
	}

	@ParameterizedTest
	@MethodSource("storages")
	void theSameSubjectNobodyAndACallerWhoSaysSoKeepTheId(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.subject("ada"));
		String id = id(browser);
		browser.visit((session) -> session.subject("ada"));
		assertThat(id(browser)).isEqualTo(id);
		browser.visit((session) -> session.subject("bob", false));
		assertThat(id(browser)).isEqualTo(id);
		assertThat(browser.open().subject()).isEqualTo("bob");
		browser.visit((session) -> {
			session.set("a", 1);
			session.subject(null);
		});
		assertThat(id(browser)).isEqualTo(id);
		assertThat(browser.open().subject()).isNull();
	}

	@ParameterizedTest
	@MethodSource("storages")
	void aNewIdOfTheSameRequestIsEnoughAndAnOldOneThatIsToStayStays(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		Browser old = browser.copy();
		browser.visit((session) -> {
			session.regenerateId(false);
			session.set("b", 2);
			session.subject("ada");
		});
		assertThat(browser.get("b")).isEqualTo(2L);
		assertThat(browser.open().subject()).isEqualTo("ada");
		assertThat(old.hasSession()).isTrue();
		assertThat(old.open().subject()).isNull();
	}

	@ParameterizedTest
	@MethodSource("storages")
	void whoLogsInWhileALogoutIsInFlightIsLoggedIn(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		Browser tab = browser.copy();
		browser.visit(Session::destroy);
		tab.visit((session) -> session.subject("ada"));
		assertThat(tab.open().subject()).isEqualTo("ada");
	}

}
