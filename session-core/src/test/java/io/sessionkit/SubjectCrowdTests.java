package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import io.sessionkit.SubjectSessions;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A subject with more sessions than are looked at in one go. */
class SubjectCrowdTests {

	private static final int MANY = 250;

	private final MutableClock clock = new MutableClock();

	private final MemoryStorageStrategy strategy = new MemoryStorageStrategy(1000, this.clock);

	private final SessionStorage storage = storage(Duration.ofDays(30));

	private final SubjectSessions sessions = new SubjectSessions(this.storage);

	private SessionStorage storage(Duration absoluteTimeout) {
		return SessionStorage.builder(Storages.SIGNED, this.strategy)
			.clock(this.clock)
			.idleTimeout(Duration.ofDays(10))
			.absoluteTimeout(absoluteTimeout)
			.build();
	}

	private Browser login() {
		return login("42");
	}

	private Browser login(String subject) {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.subject(subject));
		return browser;
	}

	@Test
	void ofManySessionsTheNewestRemain() {
		for (int i = 0; i < MANY; i++) {
			login();
		}
		this.clock.advance(Duration.ofSeconds(1));
		Browser newest = login();
		Browser current = login();
		assertThat(current.<Integer>ask((session) -> this.sessions.endOldest(session, 2))).isEqualTo(MANY);
		assertThat(this.sessions.count("42")).isEqualTo(2);
		assertThat(newest.hasSession()).isTrue();
		assertThat(current.hasSession()).isTrue();
	}

	@Test
	void asManyAreListedAsAreAskedFor() {
		for (int i = 0; i < MANY; i++) {
			login();
		}
		this.clock.advance(Duration.ofSeconds(1));
		login();
		assertThat(this.sessions.list("42")).hasSize(100);
		assertThat(this.sessions.list("42", 3)).hasSize(3)
			.extracting(SubjectSession::createdAt)
			.startsWith(this.clock.instant());
		assertThat(this.sessions.list("42", Integer.MAX_VALUE)).hasSize(MANY + 1).doesNotHaveDuplicates();
		assertThatIllegalArgumentException().isThrownBy(() -> this.sessions.list("42", 0))
			.withMessageContaining("at least 1");
	}

	@Test
	void manyThatAreOverForThisNodeHideNoneThatLives() {
		for (int i = 0; i < MANY; i++) {
			login();
		}
		this.clock.advance(Duration.ofDays(2));
		Browser browser = login();
		SessionStorage stricter = storage(Duration.ofDays(1));
		new SubjectSessions(stricter).endAll("42");
		assertThat(browser.hasSession()).isFalse();
	}

	@Test
	void whatThisNodeCannotReadEndsToo() {
		Browser browser = login();
		String key = SessionIds.key(browser.open().id());
		SessionRecord record = this.strategy.readData(key);
		this.strategy.updateData(key, new SessionRecord(record.version() + 1, record.expires(),
				"{\"of\":\"a newer version\"}".getBytes(StandardCharsets.UTF_8)));
		this.sessions.endAll("42");
		assertThat(this.strategy.readData(key)).isNull();
		assertThat(browser.hasSession()).isFalse();
	}

	@Test
	void ofMoreSessionsThanFitTheOldestAreEndedWithAWarning() {
		MemoryStorageStrategy large = new MemoryStorageStrategy(10_000, this.clock);
		SessionStorage many = SessionStorage.builder(Storages.SIGNED, large).clock(this.clock).build();
		List<Browser> browsers = new ArrayList<>();
		try (CapturedLog log = new CapturedLog()) {
			for (int i = 0; i < SubjectList.MOST + 1; i++) {
				if (i == SubjectList.MOST) {
					this.clock.advance(Duration.ofMinutes(3)); // what is in flight is
																// left alone
				}
				Browser browser = new Browser(many);
				browser.visit((session) -> session.subject("42"));
				browsers.add(browser);
			}
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("more than 5000 sessions", "endOldest");
		}
		assertThat(browsers.subList(0, 10)).extracting(Browser::hasSession).containsOnly(false);
		assertThat(browsers.subList(10, 5001)).extracting(Browser::hasSession).containsOnly(true);
		new SubjectSessions(many).endAll("42");
		assertThat(browsers).extracting(Browser::hasSession).containsOnly(false);
	}

	@Test
	void whoLogsInAgainAndAgainLeavesAShortListBehind() {
		CountingStrategy counting = new CountingStrategy(this.strategy);
		SessionStorage counted = SessionStorage.builder(Storages.SIGNED, counting).clock(this.clock).build();
		for (int i = 0; i < 1000; i++) {
			new Browser(counted).visit((session) -> session.subject("42"));
			this.clock.advance(Duration.ofMinutes(1));
		}
		String list = new SubjectKeys(Storages.SIGNED).index("42");
		assertThat(SubjectList.of(this.strategy.readData(list).body()).entries()).hasSizeBetween(30, 101);
		assertThat(counting.takeCalls()).as("with what it takes to keep it short").hasSizeLessThan(3 * 1000 + 15 * 110);
	}

	@Test
	void aSessionThatIsListedAndNeverWrittenIsNoneAndGoesAfterAWhile() {
		login();
		String list = new SubjectKeys(Storages.SIGNED).index("42");
		SessionRecord record = this.strategy.readData(list);
		SubjectList longer = SubjectList.of(record.body())
			.with(SessionIds.key("x"), this.clock.instant(), record.expires());
		this.strategy.updateData(list, new SessionRecord(2, record.expires(), longer.toBytes(), true));
		this.sessions.endAll("42");
		assertThat(SubjectList.of(this.strategy.readData(list).body()).entries()).hasSize(1);
		this.clock.advance(Duration.ofSeconds(150));
		this.sessions.endAll("42");
		assertThat(this.strategy.readData(list)).as("an empty list").isNull();
	}

	@Test
	void aListThatIsNotReadableListsNobodyAndTheNextLoginIsListed() {
		login();
		String list = new SubjectKeys(Storages.SIGNED).index("42");
		for (String damage : List.of("#", "#2", "#1abcd-", "[]", "x")) {
			SessionRecord record = this.strategy.readData(list);
			this.strategy.updateData(list,
					new SessionRecord(record.version() + 1, record.expires(), damage.getBytes(StandardCharsets.UTF_8)));
			assertThat(this.sessions.count("42")).as(damage).isZero();
			login();
			assertThat(this.sessions.count("42")).as(damage).isOne();
		}
	}

	@Test
	void loginsThatComeWhileAnotherIsListedAreListedInOneWrite() throws InterruptedException {
		login("somebody");
		Meeting meeting = new Meeting(this.strategy, () -> {
		});
		assertThat(meeting.loggedIn()).containsOnly(true).hasSize(1 + Meeting.OTHERS);
		assertThat(meeting.listWrites).hasValue(2);
		assertThat(this.sessions.count("42")).isEqualTo(1 + Meeting.OTHERS);
	}

	@Test
	void ofLoginsThatAreListedInOneWriteAllFailWithItAndTheNextOneDoesNot() throws InterruptedException {
		login("somebody");
		Meeting meeting = new Meeting(this.strategy, () -> {
			throw new SessionStorageException("The store is down", null);
		});
		assertThat(meeting.loggedIn()).containsOnlyOnce(true).hasSize(1 + Meeting.OTHERS);
		login("42");
		assertThat(this.sessions.count("42")).isEqualTo(2);
	}

	@Test
	void aThreadThatIsInterruptedWhileItListsOthersFailsAlone() throws InterruptedException {
		login("somebody");
		Meeting meeting = new Meeting(this.strategy, () -> {
			Thread.currentThread().interrupt();
			throw new SessionStorageException("The thread was interrupted", null);
		});
		assertThat(meeting.loggedIn()).containsOnlyOnce(false).hasSize(1 + Meeting.OTHERS);
		assertThat(this.sessions.count("42")).isEqualTo(Meeting.OTHERS);
	}

	/** Begins a login, and once that is about to be listed, many others. */
	private final class Meeting extends CountingStrategy {

		private static final int OTHERS = 20;

		private final AtomicInteger listWrites = new AtomicInteger();

		private final List<Boolean> loggedIn = Collections.synchronizedList(new ArrayList<>());

		private final List<Thread> others = new ArrayList<>();

		private final Runnable atSecondWrite;

		private final SessionStorage storage;

		private Meeting(SessionIdStorageStrategy strategy, Runnable atSecondWrite) {
			super(strategy);
			this.atSecondWrite = atSecondWrite;
			this.storage = SessionStorage.builder(Storages.SIGNED, this).clock(SubjectCrowdTests.this.clock).build();
		}

		private List<Boolean> loggedIn() throws InterruptedException {
			logIn();
			for (Thread other : this.others) {
				other.join();
			}
			return this.loggedIn;
		}

		private void logIn() {
			try {
				new Browser(this.storage).visit((session) -> session.subject("42"));
				this.loggedIn.add(true);
			}
			catch (SessionStorageException ex) {
				this.loggedIn.add(false);
			}
		}

		@Override
		public boolean createData(String key, SessionRecord record) {
			if (record.isSubjectList() && this.listWrites.incrementAndGet() == 1) {
				for (int i = 0; i < OTHERS; i++) {
					this.others.add(new Thread(this::logIn));
				}
				this.others.forEach(Thread::start);
				while (!this.others.stream().allMatch((other) -> other.getState() == Thread.State.WAITING)) {
					Thread.onSpinWait();
				}
			}
			return super.createData(key, record);
		}

		@Override
		public UpdateOutcome updateData(String key, SessionRecord record) {
			if (record.isSubjectList() && this.listWrites.incrementAndGet() == 2) {
				this.atSecondWrite.run();
			}
			return super.updateData(key, record);
		}

	}

}
