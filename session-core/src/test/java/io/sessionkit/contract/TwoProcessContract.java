package io.sessionkit.contract;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import io.sessionkit.Session;
import io.sessionkit.SubjectSessions;
import io.sessionkit.contract.ProcessNode.Order;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a store owes that two processes share: here the JVM of the test and one more, each
 * with a {@link io.sessionkit.SessionStorage} of its own by the system clock and with the
 * same secret. To be extended beside {@link RecordStorageContract}: <pre>{@code
 * class MyTwoProcessTests extends TwoProcessContract {
 *
 *     protected Class<? extends StrategyFactory> factory() {
 *         return MyStrategyFactory.class;
 *     }
 *
 *     protected List<String> arguments() {
 *         return List.of("localhost", "6379");
 *     }
 *
 * }
 * }</pre>
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class TwoProcessContract {

	private static final long HEAD_START_MICROS = 500;

	private static final int MOST_DELAY_MICROS = 1000;

	/** Of each thread, so that there are 1024 in all. */
	private static final int MOST_LOGINS = 16;

	private StrategyFactory factory;

	private ProcessNode here;

	private OtherProcess there;

	/** Returns who makes the strategies of the two processes. */
	protected abstract Class<? extends StrategyFactory> factory();

	/**
	 * Returns where the store is, for the factory. It is asked before the first test, and
	 * after every {@code @BeforeAll}.
	 */
	protected abstract List<String> arguments();

	/** Returns how often the two processes meet, for each of the races. */
	protected int rounds() {
		return Rounds.of(300);
	}

	@BeforeEach
	void startTheOtherProcess() throws ReflectiveOperationException {
		if (this.there == null) {
			this.factory = factory().getConstructor().newInstance();
			this.here = ProcessNode.of(this.factory, arguments());
			this.there = new OtherProcess(factory(), arguments());
		}
	}

	@AfterAll
	void endTheOtherProcess() {
		if (this.there != null) {
			this.there.close();
		}
		if (this.factory != null) {
			this.factory.close();
		}
	}

	@Test
	void whatOneProcessWritesTheOtherReadsAtOnce() {
		Browser browser = browser();
		for (int i = 0; i < 100; i++) {
			String name = "key" + i;
			assertThat(inProcess(i, "set", name, browser)).isEmpty();
			assertThat(inProcess(i + 1, "look", "", browser)).startsWith("live ").contains(name + "=set");
		}
	}

	@Test
	void aSessionThatTheOtherProcessBeganGoesOnHere() {
		Browser browser = new Browser(this.here.storage());
		browser.receive(inProcess(1, "set", "there", browser));
		assertThat(inProcess(0, "look", "", browser)).isEqualTo("live {there=set}");
	}

	@Test
	void whatOneProcessEndsIsDeadInTheOther() {
		for (int process = 0; process < 2; process++) {
			Browser browser = browser();
			Browser stolen = browser.copy();
			browser.receive(inProcess(process, "login", "42", browser));
			assertDead(stolen);
			assertThat(looks(browser)).containsOnly("live {first=set, userId=42}");
			stolen = browser.copy();
			assertThat(SetCookie.of(inProcess(process, "logout", "", browser)).isDeletion()).isTrue();
			assertDead(stolen);
		}
	}

	@Test
	void updatesOfOneKeyFromBothProcessesAllCount() {
		Browser browser = browser();
		both(Order.of("count200", "", browser.header()), Order.of("count200", "", browser.header()));
		assertThat(looks(browser)).containsOnly("live {count=400, first=set}");
	}

	@Test
	void distinctKeysFromBothProcessesAreAllThere() {
		Browser browser = browser();
		both(Order.of("fill50", "here", browser.header()), Order.of("fill50", "there", browser.header()));
		assertThat(browser.open().keys()).hasSize(101)
			.contains("first", "here0", "here49", "there0", "there49")
			.allMatch((name) -> name.equals("first") || name.matches("(here|there)[0-9]+"));
	}

	@Test
	void aSessionThatOneProcessDestroysStaysGoneWhateverTheOtherWrites() {
		for (int round = 0; round < rounds(); round++) {
			Browser browser = browser();
			List<String> cookies = meet(round, Order.of("logout", "", browser.header()),
					Order.of("set", "cart", browser.header()));
			assertThat(SetCookie.of(cookies.get(0)).isDeletion()).as("round %d", round).isTrue();
			assertThat(cookies.get(1)).as("the cookie of the write in round %d", round).isEmpty();
			assertDead(browser);
		}
	}

	@Test
	void anIdThatOneProcessLeavesStaysDeadWhateverTheOtherWrites() {
		for (int round = 0; round < rounds(); round++) {
			Browser browser = browser();
			Browser stolen = browser.copy();
			List<String> cookies = meet(round, Order.of("login", "42", browser.header()),
					Order.of("set", "cart", browser.header()));
			assertThat(cookies.get(1)).as("the cookie of the write in round %d", round).isEmpty();
			assertDead(stolen);
			browser.receive(cookies.get(0));
			assertThat(looks(browser)).as("round %d", round)
				.containsAnyOf("live {cart=set, first=set, userId=42}", "live {first=set, userId=42}");
			assertThat(looks(browser)).as("what both see in round %d", round).containsOnly(looks(browser).get(0));
		}
	}

	@Test
	void everyLoginThatGetsACookieIsLoggedInInBothProcesses() {
		for (int round = 0; round < rounds(); round++) {
			Browser browser = browser();
			Browser stolen = browser.copy();
			List<String> users = List.of("one", "two");
			List<String> cookies = meet(round, Order.of("login", users.get(0), browser.header()),
					Order.of("login", users.get(1), browser.header()));
			assertDead(stolen);
			assertThat(cookies).as("round %d", round).anyMatch((cookie) -> !cookie.isEmpty());
			for (String user : users) {
				String cookie = cookies.get(users.indexOf(user));
				Browser winner = browser.copy();
				if (winner.receive(cookie.isEmpty() ? null : cookie) != null) {
					assertThat(looks(winner)).as("round %d", round)
						.allMatch((look) -> look.startsWith("live ") && look.contains("userId=" + user));
				}
			}
		}
	}

	@Test
	void whoLogsInWithManyThreadsOfBothProcessesIsListedEachTimeAndLoggedOutEverywhere() {
		String person = "person-" + StrategyRaces.newKey();
		int logins = Math.max(1, Math.min(MOST_LOGINS, rounds() / MOST_LOGINS));
		Order crowd = Order.of("crowd", person + " " + logins, null);
		List<String> headers = both(crowd, crowd).stream().flatMap((answer) -> Stream.of(answer.split("\t"))).toList();
		assertThat(headers).as("none failed")
			.hasSize(2 * ProcessNode.CROWD * logins)
			.allMatch((header) -> header.startsWith("__session="));
		SubjectSessions sessions = new SubjectSessions(this.here.storage());
		Session kept = this.here.storage().getSession(headers.get(0));
		assertThat(sessions.endOldest(kept, 1)).as("all but the kept one are listed").isEqualTo(headers.size() - 1);
		assertThat(headers.stream().filter(this::isLoggedIn)).as("and are ended").containsExactly(headers.get(0));
		sessions.endAll(person);
		assertThat(headers.stream().filter(this::isLoggedIn)).isEmpty();
	}

	private boolean isLoggedIn(String header) {
		return !this.here.storage().getSession(header).isNew();
	}

	private Browser browser() {
		Browser browser = new Browser(this.here.storage());
		browser.visit((session) -> session.set("first", "set"));
		return browser;
	}

	/** One request, in this process if the number is even, else in the other one. */
	private String inProcess(int number, String verb, String text, Browser browser) {
		Order order = Order.of(verb, text, browser.header());
		if (number % 2 == 0) {
			return this.here.serve(order);
		}
		this.there.order(order);
		return this.there.answer();
	}

	/** Runs an order in each process at the same time. */
	private List<String> both(Order inThis, Order inOther) {
		String thisAnswer;
		String otherAnswer;
		this.there.order(inOther);
		try {
			thisAnswer = this.here.serve(inThis);
		}
		finally {
			otherAnswer = this.there.answer();
		}
		return List.of(thisAnswer, otherAnswer);
	}

	/**
	 * Two requests at about the same time, in an order that differs from round to round;
	 * the processes take turns in which of them they serve.
	 */
	private List<String> meet(int round, Order one, Order two) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long start = ProcessNode.micros() + HEAD_START_MICROS;
		Order first = one.at(start + random.nextInt(MOST_DELAY_MICROS));
		Order second = two.at(start + random.nextInt(MOST_DELAY_MICROS));
		if (round % 2 == 0) {
			return both(first, second);
		}
		List<String> answers = both(second, first);
		return List.of(answers.get(1), answers.get(0));
	}

	private List<String> looks(Browser browser) {
		return Stream.of(0, 1).map((process) -> inProcess(process, "look", "", browser)).toList();
	}

	private void assertDead(Browser browser) {
		assertThat(looks(browser)).containsOnly("new {}");
	}

}
