package io.sessionkit.storage.dynamodb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import static org.assertj.core.api.Assertions.assertThat;

/** How many requests to DynamoDB a request of a visitor costs (G2). */
class DynamoDbBudgetTests {

	private static final String KEY = "k".repeat(43);

	private final MutableClock clock = new MutableClock();

	private final CountedCalls calls = new CountedCalls();

	private final DynamoDbClient client = Clients.to(LocalDynamoDb.shared().endpoint(),
			(options) -> options.addExecutionInterceptor(this.calls));

	private final DynamoDbStorageStrategy strategy = LocalDynamoDb.strategy(this.client, "budget", this.clock);

	private final SessionCookie cookie = SessionCookie.builder("__session")
		.signedWith("a secret of the budget, long enough")
		.clock(this.clock)
		.build();

	@AfterEach
	void close() {
		this.client.close();
	}

	private SessionStorage storage() {
		return SessionStorage.builder(this.cookie, this.strategy)
			.clock(this.clock)
			.idleTimeout(Duration.ofSeconds(1000))
			.build();
	}

	private Browser visitor() {
		Browser browser = new Browser(storage());
		browser.visit((session) -> session.set("a", 1));
		this.calls.take();
		return browser;
	}

	private List<String> cost(Consumer<Session> handler) {
		visitor().visit(handler);
		return this.calls.take();
	}

	private SessionRecord record(long version) {
		return new SessionRecord(version, this.clock.instant().plusSeconds(1000), new byte[] { '1' });
	}

	@Test
	void eachKindOfRequestStaysInItsBudget() {
		assertThat(cost((session) -> {
		})).isEmpty();
		assertThat(cost((session) -> session.get("a"))).containsExactly("GetItem");
		assertThat(cost((session) -> session.set("a", 2))).containsExactly("GetItem", "PutItem");
		assertThat(cost(Session::destroy)).containsExactly("GetItem", "PutItem");
		assertThat(cost(Session::regenerateId)).containsExactly("GetItem", "PutItem", "PutItem");
	}

	@Test
	void aNewSessionIsOneWriteAndAForgedCookieNothing() {
		this.calls.take();
		new Browser(storage()).visit((session) -> session.set("a", 1));
		assertThat(this.calls.take()).containsExactly("PutItem");
		for (String forged : List.of("i1.forged", "", "i1.AAAA", "x")) {
			assertThat(storage().getSession("__session=" + forged).get("a")).isNull();
		}
		assertThat(this.calls.take()).isEmpty();
	}

	@Test
	void readingRenewsOncePerTenthOfTheLife() {
		Browser browser = visitor();
		for (int second = 0; second < 1000; second += 20) {
			this.clock.advance(Duration.ofSeconds(20));
			browser.get("a");
		}
		List<String> cost = this.calls.take();
		assertThat(cost).containsOnly("GetItem", "PutItem");
		assertThat(Collections.frequency(cost, "GetItem")).isEqualTo(50);
		assertThat(Collections.frequency(cost, "PutItem")).isEqualTo(10);
	}

	@Test
	void aSubjectIsOneWriteMoreWhereItChangesOnly() {
		Browser browser = visitor();
		browser.visit((session) -> session.subject("42", false));
		assertThat(this.calls.take()).containsExactly("GetItem", "GetItem", "PutItem", "PutItem");
		browser.visit((session) -> session.set("a", 2));
		assertThat(this.calls.take()).containsExactly("GetItem", "PutItem");
	}

	/** Two by the steps where others have one call: no transaction, see the strategy. */
	@Test
	void aLoginIsFiveRequestsAListOfAHundredTwoAndALogoutTwo() {
		SubjectSessions sessions = new SubjectSessions(storage());
		sessions.endAll("crowd");
		Browser browser = visitor();
		for (int i = 0; i < 100; i++) {
			browser = visitor();
			browser.visit((session) -> {
				session.regenerateId();
				session.subject("crowd");
			});
			assertThat(this.calls.take()).containsExactly("GetItem", "GetItem", "PutItem", "PutItem", "PutItem");
		}
		assertThat(sessions.list("crowd")).hasSize(100);
		assertThat(this.calls.take()).containsExactly("GetItem", "BatchGetItem");
		browser.visit(Session::destroy);
		assertThat(this.calls.take()).containsExactly("GetItem", "PutItem");
	}

	@Test
	void aCommitThatMeetsAnotherIsOneRequestMore() {
		Browser browser = visitor();
		Session session = browser.open();
		session.set("b", 1);
		browser.copy().visit((other) -> other.set("a", 2));
		this.calls.take();
		browser.close(session);
		assertThat(this.calls.take()).containsExactly("PutItem", "PutItem");
	}

	@Test
	void severalRecordsAreReadByOneRequest() {
		List<String> keys = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			String key = "%043d".formatted(i);
			this.strategy.deleteData(key);
			this.strategy.createData(key, record(1));
			keys.add(key);
		}
		this.calls.take();
		assertThat(this.strategy.readAll(keys)).hasSize(3);
		assertThat(this.calls.take()).containsExactly("BatchGetItem");
	}

	@Test
	void aConflictIsKnownByOneRequestAndThatNothingIsThereByTwo() {
		this.strategy.deleteData(KEY);
		this.strategy.createData(KEY, record(1));
		this.calls.take();
		assertThat(this.strategy.createData(KEY, record(1))).isFalse();
		assertThat(this.strategy.updateData(KEY, record(7))).isEqualTo(UpdateOutcome.CONFLICT);
		assertThat(this.calls.take()).containsExactly("PutItem", "PutItem");
		this.clock.advance(Duration.ofSeconds(1000));
		assertThat(this.strategy.updateData(KEY, record(2))).as("expired").isEqualTo(UpdateOutcome.GONE);
		assertThat(this.calls.take()).containsExactly("PutItem");
		this.strategy.deleteData(KEY);
		this.calls.take();
		assertThat(this.strategy.updateData(KEY, record(2))).as("absent").isEqualTo(UpdateOutcome.GONE);
		assertThat(this.calls.take()).containsExactly("PutItem", "GetItem");
	}

}
