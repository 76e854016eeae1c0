package io.sessionkit.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.sessionkit.Session;
import io.sessionkit.SessionAbsence;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSession;
import io.sessionkit.SubjectSessions;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of the {@link SubjectContract}: the devices of a person, through a storage.
 */
abstract class SubjectCases {

	private static final String SECRET = "a secret of the subject contract";

	private static final String NEWER = "a newer one of the subject contract";

	private final MutableClock clock = new MutableClock();

	private SessionIdStorageStrategy strategy;

	private SessionStorage storage;

	private SubjectSessions sessions;

	/**
	 * Makes the strategy for one test.
	 * @param clock what the strategy takes for the time
	 */
	protected abstract SessionIdStorageStrategy strategy(InstantSource clock);

	/**
	 * Lets time pass. To be overridden where the store expires by a clock of its own.
	 */
	protected void letPass(Duration time) {
		this.clock.advance(time);
	}

	/** Returns how often two threads meet, for each of the races. */
	protected int rounds() {
		return Rounds.of(300);
	}

	@BeforeEach
	void makeTheStorage() {
		this.strategy = strategy(this.clock);
		this.storage = storage(SECRET);
		this.sessions = new SubjectSessions(this.storage);
	}

	final SubjectSessions sessions() {
		return this.sessions;
	}

	private Instant now() {
		return this.clock.instant();
	}

	/** A node over the one store. */
	private SessionStorage storage(String... secrets) {
		SessionCookie cookie = SessionCookie.builder("__session").signedWith(secrets).clock(this.clock).build();
		return SessionStorage.builder(cookie, this.strategy)
			.clock(this.clock)
			.idleTimeout(Duration.ofHours(1))
			.absoluteTimeout(Duration.ofHours(20))
			.build();
	}

	final Browser login(String subject) {
		Browser browser = new Browser(this.storage);
		logIn(browser, subject);
		return browser;
	}

	private static @Nullable SetCookie logIn(Browser browser, String subject) {
		return browser.visit((session) -> {
			session.regenerateId();
			session.subject(subject);
		});
	}

	/** What a page shows in this browser. */
	private List<SubjectSession> devices(Browser browser) {
		return browser.<List<SubjectSession>>ask(this.sessions::list);
	}

	/** A subject that no other test has, for stores that tests share. */
	static String person() {
		return "person " + StrategyRaces.newKey();
	}

	@Test
	void aPersonsDevicesAreListedTheNewestFirstAndThePresentOneIsMarked() {
		String person = person();
		Instant begin = now();
		Browser laptop = login(person);
		letPass(Duration.ofSeconds(5));
		login(person);
		login(person());
		new Browser(this.storage).visit((session) -> session.set("cart", 1));
		List<SubjectSession> devices = devices(laptop);
		assertThat(devices).extracting(SubjectSession::current).containsExactly(false, true);
		assertThat(devices).extracting(SubjectSession::createdAt).containsExactly(begin.plusSeconds(5), begin);
		assertThat(devices).extracting(SubjectSession::expiresAt)
			.containsExactly(begin.plusSeconds(3605), begin.plusSeconds(3600));
		assertThat(this.sessions.list(person)).extracting(SubjectSession::current).containsOnly(false);
		assertThat(this.sessions.count(person)).isEqualTo(2);
	}

	@Test
	void aHandleIsNeitherAnIdNorAKeyAndStaysTheSame() {
		String person = person();
		Browser browser = login(person);
		String handle = this.sessions.list(person).get(0).handle();
		assertThat(handle).matches("[A-Za-z0-9_-]{22}")
			.isNotEqualTo(browser.open().id())
			.isEqualTo(browser.open().handle());
		assertThat(new SubjectSessions(storage(SECRET)).list(person).get(0).handle()).isEqualTo(handle);
	}

	@Test
	void oneDeviceIsEndedByItsHandleOnAllNodes() {
		String person = person();
		Browser lost = login(person);
		String handle = this.sessions.list(person).get(0).handle();
		letPass(Duration.ofSeconds(1));
		Browser kept = login(person);
		SubjectSessions otherNode = new SubjectSessions(storage(SECRET));
		assertThat(otherNode.end(person, handle)).isTrue();
		assertThat(lost.open().absence()).isEqualTo(SessionAbsence.EXPIRED);
		assertThat(lost.hasSession()).isFalse();
		assertThat(lost.visit((session) -> session.set("a", 1))).isNotNull();
		assertThat(lost.open().subject()).isNull();
		assertThat(kept.hasSession()).isTrue();
		assertThat(otherNode.end(person, handle)).isFalse();
		assertThat(this.sessions.count(person)).isOne();
	}

	@Test
	void aHandleOfSomebodyElseOrOfNobodyEndsNothing() {
		String person = person();
		Browser browser = login(person);
		String handle = this.sessions.list(person).get(0).handle();
		for (String other : List.of(person(), person.toUpperCase(Locale.ROOT))) {
			assertThat(this.sessions.end(other, handle)).isFalse();
		}
		for (String wrong : List.of("", "x", handle + "A", handle.substring(1), StrategyRaces.newKey())) {
			assertThat(this.sessions.end(person, wrong)).isFalse();
		}
		assertThat(browser.hasSession()).isTrue();
	}

	@Test
	void loggingOutEverywhereEndsEveryDeviceAndWhatIsInFlight() {
		String person = person();
		Browser laptop = login(person);
		Browser phone = login(person);
		Browser stranger = login(person());
		Session slow = phone.open();
		slow.set("a", 1);
		Session slowLogin = laptop.open();
		slowLogin.regenerateId();
		this.sessions.endAll(person);
		assertThat(phone.close(slow)).isNull();
		assertThat(laptop.close(slowLogin)).isNull();
		assertThat(List.of(laptop.hasSession(), phone.hasSession())).containsOnly(false);
		assertThat(this.sessions.list(person)).isEmpty();
		assertThat(stranger.hasSession()).isTrue();
		assertThat(phone.visit((session) -> session.set("csrf", "1"))).as("a login form at once").isNotNull();
		logIn(phone, person);
		assertThat(phone.open().subject()).isEqualTo(person);
	}

	@Test
	void loggingOutEverywhereElseKeepsThePresentDevice() {
		String person = person();
		Browser laptop = login(person);
		Browser phone = login(person);
		laptop.visit(this.sessions::endOthers);
		assertThat(phone.hasSession()).isFalse();
		assertThat(devices(laptop)).extracting(SubjectSession::current).containsExactly(true);
	}

	@Test
	void whoLogsInAgainMayEndTheOthersInTheSameRequest() {
		String person = person();
		Browser phone = login(person);
		Browser laptop = new Browser(this.storage);
		laptop.visit((session) -> {
			session.regenerateId();
			session.subject(person);
			this.sessions.endOthers(session);
		});
		assertThat(phone.hasSession()).isFalse();
		assertThat(devices(laptop)).hasSize(1);
	}

	@Test
	void everyDeviceOfManyIsEnded() {
		String person = person();
		List<Browser> browsers = new ArrayList<>();
		for (int i = 0; i < 130; i++) {
			browsers.add(login(person));
		}
		assertThat(this.sessions.list(person)).hasSize(100);
		browsers.get(7).visit(this.sessions::endOthers);
		assertThat(browsers.stream().filter(Browser::hasSession)).hasSize(1);
		this.sessions.endAll(person);
		assertThat(browsers.stream().filter(Browser::hasSession)).isEmpty();
	}

	@Test
	void aNewIdIsListedInPlaceOfTheOldOne() {
		String person = person();
		Browser browser = login(person);
		String before = this.sessions.list(person).get(0).handle();
		browser.visit(Session::regenerateId);
		assertThat(devices(browser)).extracting(SubjectSession::handle).hasSize(1).doesNotContain(before);
		this.sessions.endAll(person);
		assertThat(browser.hasSession()).isFalse();
	}

	@Test
	void whoLoggedOutIsNotListedWithAMessageOrWithout() {
		String person = person();
		login(person).visit(Session::destroy);
		Browser withMessage = login(person);
		withMessage.visit((session) -> {
			session.clear();
			session.regenerateId();
			session.flash("notice", "bye");
		});
		login(person).visit((session) -> session.subject(null));
		assertThat(this.sessions.list(person)).isEmpty();
		assertThat(withMessage.get("notice")).isEqualTo("bye");
	}

	@Test
	void anExpiredSessionIsNotListedAndARenewedOneIs() {
		String person = person();
		login(person);
		Browser renewed = login(person);
		for (int i = 0; i < 6; i++) {
			letPass(Duration.ofMinutes(50));
			renewed.get("a");
		}
		assertThat(devices(renewed)).extracting(SubjectSession::current).containsExactly(true);
	}

	@Test
	void ofMoreDevicesThanAllowedTheOldestAreEndedAtTheLogin() {
		String person = person();
		List<Browser> browsers = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			Browser browser = new Browser(this.storage);
			browser.visit((session) -> {
				session.regenerateId();
				session.subject(person);
				this.sessions.endOldest(session, 3);
			});
			browsers.add(browser);
			letPass(Duration.ofSeconds(1));
		}
		assertThat(browsers).extracting(Browser::hasSession).containsExactly(false, false, true, true, true);
		assertThat(this.sessions.endOldest(browsers.get(2).open(), 1)).isEqualTo(2);
		assertThat(browsers).extracting(Browser::hasSession).containsExactly(false, false, true, false, false);
	}

	@Test
	void aSessionIsFoundAcrossARotationOfTheSecrets() {
		String person = person();
		Browser browser = login(person);
		Browser other = login(person);
		SessionStorage during = storage(NEWER, SECRET);
		assertThat(new SubjectSessions(during).count(person)).isEqualTo(2);
		browser.on(during).get("a");
		assertThat(new SubjectSessions(during).count(person)).isEqualTo(2);
		SubjectSessions after = new SubjectSessions(storage(NEWER));
		assertThat(after.count(person)).isOne();
		after.endAll(person);
		assertThat(browser.on(during).hasSession()).isFalse();
		assertThat(other.on(during).hasSession()).isTrue();
	}

}
