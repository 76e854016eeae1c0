package io.sessionkit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Ways out of a list of sessions, and ways to turn it against its user. */
class SubjectAttackTests {

	private static final String S1 = "the first secret of these tests of attacks 1";

	private static final String S2 = "the other secret of these tests of attacks 2";

	private final MutableClock clock = new MutableClock();

	private final MemoryStorageStrategy memory = new MemoryStorageStrategy(20_000, this.clock);

	private SessionStorage storage(SessionIdStorageStrategy strategy, String... secrets) {
		SessionCookie cookie = SessionCookie.builder("__session").signedWith(secrets).build();
		return SessionStorage.builder(cookie, strategy).clock(this.clock).build();
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> RuntimeException sneaky(Throwable ex) throws E {
		throw (E) ex;
	}

	/** A strategy in Kotlin throws a checked exception: others wait for ever. */
	@Test
	void aCheckedExceptionOfAStrategyLetsNobodyWaitForEver() throws Exception {
		CountDownLatch inList = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		AtomicInteger fails = new AtomicInteger(1);
		SessionIdStorageStrategy kotlin = new CountingStrategy(this.memory) {
			@Override
			public boolean createData(String key, SessionRecord record) {
				if (record.isSubjectList() && fails.getAndDecrement() > 0) {
					inList.countDown();
					try {
						go.await();
					}
					catch (InterruptedException ex) {
						throw new IllegalStateException(ex);
					}
					throw SubjectAttackTests.<RuntimeException>sneaky(new IOException("broken pipe"));
				}
				return super.createData(key, record);
			}
		};
		SessionStorage storage = storage(kotlin, S1);
		Thread first = login(storage);
		inList.await();
		Thread second = login(storage);
		while (second.getState() != Thread.State.WAITING) {
			Thread.onSpinWait();
		}
		go.countDown();
		first.join(5000);
		second.join(5000);
		assertThat(first.isAlive()).isFalse();
		assertThat(second.isAlive()).as("waits for ever").isFalse();
	}

	private static Thread login(SessionStorage storage) {
		Thread thread = new Thread(() -> new Browser(storage).visit((session) -> session.subject("42")));
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/**
	 * 2: a listener that logs the same subject in (an audit) while its list is written.
	 */
	@Test
	void aListenerThatLogsTheSameSubjectInDoesNotHang() throws Exception {
		SessionStorage[] storage = new SessionStorage[1];
		AtomicInteger once = new AtomicInteger(1);
		storage[0] = SessionStorage.builder(SessionCookie.builder("__session").signedWith(S1).build(), this.memory)
			.clock(this.clock)
			.listener(new SessionStorageListener() {
				@Override
				public void storeCalled(StoreCall call, StoreOutcome outcome, Duration time) {
					if (once.getAndDecrement() > 0) {
						new Browser(storage[0]).visit((session) -> session.subject("42"));
					}
				}
			})
			.build();
		Thread first = login(storage[0]);
		first.join(5000);
		assertThat(first.isAlive()).as("waits for itself").isFalse();
	}

	/** A store that fails while the oldest are ended: they live on, on no list. */
	@Test
	void whatHasToGoForRoomIsEndedOrStaysListed() {
		AtomicBoolean away = new AtomicBoolean();
		SessionIdStorageStrategy fragile = new CountingStrategy(this.memory) {
			@Override
			public void deleteData(String key) {
				if (away.get()) {
					throw new SessionStorageException("away", null);
				}
				super.deleteData(key);
			}
		};
		SessionStorage storage = storage(fragile, S1);
		List<Browser> browsers = new ArrayList<>();
		for (int i = 0; i < SubjectList.MOST; i++) {
			Browser browser = new Browser(storage);
			browser.visit((session) -> session.subject("42"));
			browsers.add(browser);
		}
		this.clock.advance(Duration.ofMinutes(3));
		away.set(true);
		assertThatCode(() -> new Browser(storage).visit((session) -> session.subject("42")))
			.isInstanceOf(SessionStorageException.class);
		away.set(false);
		new SubjectSessions(storage).endAll("42");
		assertThat(browsers.stream().filter(Browser::hasSession).count()).as("live after log out everywhere").isZero();
	}

	/** Keep-id login on the node before the rotation, cookie of the newer secret. */
	@Test
	void aSubjectThatIsSetByANodeBeforeTheRotationIsFoundAfterIt() {
		SessionStorage before = storage(this.memory, S1, S2);
		SessionStorage after = storage(this.memory, S2, S1);
		SessionStorage last = storage(this.memory, S2);
		Browser browser = new Browser(after);
		browser.visit((session) -> session.set("a", 1));
		Browser other = browser.copy();
		// a second tab, on a node that is not restarted yet: its answer is overtaken
		other.on(before).visit((session) -> session.subject("42", false));
		browser.on(after).visit((session) -> session.set("b", 1));
		browser.on(last).visit((session) -> session.set("c", 1));
		assertThat(browser.on(last).open().subject()).isEqualTo("42");
		new SubjectSessions(last).endAll("42");
		assertThat(browser.on(last).hasSession()).as("live after log out everywhere").isFalse();
	}

	/** Who changes the id under both looks. */
	@Test
	void whoChangesTheIdUnderEachLookIsEndedAllTheSame() {
		Runnable[] after = new Runnable[1];
		SessionIdStorageStrategy hooked = new CountingStrategy(this.memory) {
			@Override
			public SessionRecord readData(String key) {
				SessionRecord record = super.readData(key);
				if (record != null && record.isSubjectList() && after[0] != null) {
					after[0].run();
				}
				return record;
			}
		};
		SessionStorage storage = storage(this.memory, S1);
		Browser thief = new Browser(storage);
		thief.visit((session) -> session.subject("42"));
		AtomicInteger changes = new AtomicInteger(2);
		after[0] = () -> {
			if (changes.getAndDecrement() > 0) {
				thief.visit(Session::regenerateId);
			}
		};
		new SubjectSessions(storage(hooked, S1)).endAll("42");
		assertThat(thief.hasSession()).as("live after log out everywhere").isFalse();
	}

	/** A store that reads no several (rights, time): the 101st login. */
	@Test
	void aLoginDoesNotDependOnReadingTheOtherSessions() {
		SessionIdStorageStrategy noMget = new CountingStrategy(this.memory) {
			@Override
			public Map<String, SessionRecord> readAll(Collection<String> keys) {
				throw new SessionStorageException("NOPERM mget", null);
			}
		};
		SessionStorage storage = storage(noMget, S1);
		for (int i = 1; i <= 110; i++) {
			int number = i;
			assertThatCode(() -> new Browser(storage).visit((session) -> session.subject("42"))).as("login " + number)
				.doesNotThrowAnyException();
		}
	}

	/** A damaged list that the store neither reads nor lets be created. */
	@Test
	void aListThatTheStoreCannotReadLocksNobodyOut() {
		String list = new SubjectKeys(SessionCookie.builder("__session").signedWith(S1).build()).index("42");
		SessionIdStorageStrategy damaged = new CountingStrategy(this.memory) {
			boolean there = true;

			@Override
			public SessionRecord readData(String key) {
				return (key.equals(list) && this.there) ? null : super.readData(key);
			}

			@Override
			public boolean createData(String key, SessionRecord record) {
				return !(key.equals(list) && this.there) && super.createData(key, record);
			}

			@Override
			public void deleteData(String key) {
				this.there &= !key.equals(list);
				super.deleteData(key);
			}
		};
		assertThatCode(() -> new Browser(storage(damaged, S1)).visit((session) -> session.subject("42")))
			.doesNotThrowAnyException();
	}

	/** A commit of a cookie session that failed, told as one that succeeded. */
	@Test
	void aCommitThatWasDroppedIsNotToldAsOne() {
		BreakableStrategy down = new BreakableStrategy();
		AtomicInteger committed = new AtomicInteger();
		SessionStorage storage = SessionStorage.builder(SessionCookie.builder("__session").encryptedWith(S1).build())
			.revocation(Revocation.in(down))
			.anonymousOnFailure(true)
			.listener(new SessionStorageListener() {
				@Override
				public void committed(Duration time, int bytes) {
					committed.incrementAndGet();
				}
			})
			.build();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		committed.set(0);
		Session session = browser.open();
		session.get("a");
		session.regenerateId();
		down.broken.addAll(List.of("create", "update"));
		assertThat(storage.commitIfNeeded(session)).isNull();
		assertThat(committed).hasValue(0);
		assertThat(session.id()).isEqualTo(browser.open().id());
	}

	/** How many calls one login costs that has to make room. */
	@Test
	void makingRoomCostsALoginFewCalls() {
		CountingStrategy counting = new CountingStrategy(this.memory);
		SessionStorage storage = storage(counting, S1);
		for (int i = 0; i < SubjectList.MOST; i++) {
			new Browser(storage).visit((session) -> session.subject("42"));
		}
		this.clock.advance(Duration.ofMinutes(3));
		counting.takeCalls();
		new Browser(storage).visit((session) -> session.subject("42"));
		List<String> calls = counting.takeCalls();
		long others = calls.stream().filter((call) -> !call.equals("readAll")).count();
		assertThat(others).isLessThan(20);
	}

}
