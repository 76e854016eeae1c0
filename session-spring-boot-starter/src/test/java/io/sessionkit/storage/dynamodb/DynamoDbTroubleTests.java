package io.sessionkit.storage.dynamodb;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.storage.dynamodb.StubDynamoDb.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A DynamoDB that throttles, is slow, broken or set up otherwise: what passes is tried
 * again within the time-out, and the rest is a {@link SessionStorageException} that says
 * what to do (G12).
 */
@Timeout(30)
class DynamoDbTroubleTests {

	private static final String KEY = "k".repeat(43);

	private static final Duration TIMEOUT = Duration.ofMillis(400);

	private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

	private static final SessionRecord RECORD = new SessionRecord(1, Instant.now().plusSeconds(600), null,
			"[{},{}]".getBytes(UTF_8));

	private static DynamoDbStorageStrategy strategy(StubDynamoDb server) {
		return strategy(server, TIMEOUT);
	}

	private static DynamoDbStorageStrategy strategy(StubDynamoDb server, Duration timeout) {
		DynamoDbStorageStrategy strategy = new DynamoDbStorageStrategy(Clients.to(server.endpoint()), "sessions",
				"_idx", "_ttl", timeout, InstantSource.system());
		strategy.checkTable(); // connects, which takes its time in a new client
		return strategy;
	}

	private static List<String> operations(StubDynamoDb server) {
		return server.requests().stream().map((request) -> request.substring(0, request.indexOf(' '))).toList();
	}

	private static void assertFailure(Answer answer, String... words) {
		try (StubDynamoDb server = new StubDynamoDb(StubDynamoDb.DONE, answer)) {
			DynamoDbStorageStrategy strategy = strategy(server);
			long begin = System.nanoTime();
			assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy.readData(KEY))
				.withMessageContainingAll(words)
				.withMessageNotContaining(KEY)
				.withMessageNotContaining("words of the server");
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT.multipliedBy(3));
		}
	}

	@Test
	void whatIsThrottledTwiceIsDoneTheThirdTime() {
		try (StubDynamoDb server = new StubDynamoDb(StubDynamoDb.DONE, StubDynamoDb.THROTTLED, StubDynamoDb.THROTTLED,
				StubDynamoDb.DONE)) {
			// The client waits up to a second before it repeats what was throttled.
			assertThat(strategy(server, Duration.ofSeconds(10)).createData(KEY, RECORD)).isTrue();
			assertThat(operations(server)).containsExactly("GetItem", "PutItem", "PutItem", "PutItem");
		}
	}

	@Test
	void whatIsThrottledForEverFailsWithinTheTimeout() {
		assertFailure(StubDynamoDb.THROTTLED, "sessions");
	}

	@Test
	void aServerThatFailsByItselfForEverFailsWithinTheTimeout() {
		assertFailure(StubDynamoDb.BROKEN, "session record", "check that it is reachable");
	}

	@Test
	void aServerThatHangsIsATimeoutThatSaysHowLong() {
		assertFailure(StubDynamoDb.HANGING, "did not read a session record within", "raise the time-out");
	}

	@Test
	void aMissingTableIsSaidWithTheCommandsThatMakeIt() {
		assertFailure(StubDynamoDb.error("ResourceNotFoundException"), "There is no table 'sessions'",
				"aws dynamodb create-table", "AttributeName=_idx", "Enabled=true,AttributeName=_ttl");
	}

	@Test
	void deniedAccessNamesThePermissions() {
		assertFailure(StubDynamoDb.error("AccessDeniedException"), "denied access to the table 'sessions'",
				"dynamodb:GetItem, PutItem, UpdateItem, DeleteItem and BatchGetItem");
	}

	@Test
	void nobodyListeningIsAFailedStore() {
		StubDynamoDb server = new StubDynamoDb(StubDynamoDb.DONE);
		DynamoDbStorageStrategy strategy = strategy(server);
		server.close();
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy.deleteData(KEY))
			.withMessageContaining("delete a session record");
	}

	/** The client repeats a write whose answer was lost, and finds its own result. */
	@Test
	void aWriteThatMeetsItselfIsDone() {
		try (StubDynamoDb server = new StubDynamoDb(StubDynamoDb.DONE, StubDynamoDb.BROKEN,
				new Answer(400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\"}"),
				StubDynamoDb.DONE)) {
			// What is there has no stamp of this write, so here it is somebody else's.
			assertThat(strategy(server).updateData(KEY, RECORD)).isEqualTo(UpdateOutcome.GONE);
			assertThat(operations(server)).containsExactly("GetItem", "PutItem", "PutItem", "GetItem");
			List<String> stamps = server.requests()
				.stream()
				.filter((request) -> request.startsWith("PutItem"))
				.map((request) -> request.replaceFirst(".*\"stamp\":(\\{[^}]*}).*", "$1"))
				.toList();
			assertThat(stamps).hasSize(2);
			assertThat(stamps.get(0)).isEqualTo(stamps.get(1)).startsWith("{");
		}
	}

	@Test
	void anInterruptedThreadGivesUpAndStaysInterrupted() {
		try (StubDynamoDb server = new StubDynamoDb(StubDynamoDb.DONE, StubDynamoDb.HANGING)) {
			DynamoDbStorageStrategy strategy = strategy(server);
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy.readData(KEY));
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void theTableIsMadeAndItsTimeToLiveSwitchedOn() {
		Answer absent = StubDynamoDb.error("ResourceNotFoundException");
		Answer active = new Answer(200,
				"{\"Table\":{\"TableStatus\":\"ACTIVE\",\"KeySchema\":[{\"AttributeName\":\"_idx\","
						+ "\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":[{\"AttributeName\":\"_idx\",\"AttributeType\":\"S\"}]}}");
		Answer off = new Answer(200, "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"DISABLED\"}}");
		try (StubDynamoDb server = new StubDynamoDb(StubDynamoDb.DONE, absent, active, active, off,
				StubDynamoDb.DONE)) {
			strategy(server).createTable();
			assertThat(operations(server)).containsExactly("GetItem", "DescribeTable", "CreateTable", "DescribeTable",
					"DescribeTimeToLive", "UpdateTimeToLive");
			assertThat(server.requests().get(2)).contains("\"BillingMode\":\"PAY_PER_REQUEST\"",
					"\"AttributeName\":\"_idx\"");
			assertThat(server.requests().get(5)).contains("\"AttributeName\":\"_ttl\"", "\"Enabled\":true");
		}
	}

	@Test
	void aTableWhoseTimeToLiveGoesByAnotherAttributeIsRefused() {
		Answer active = new Answer(200,
				"{\"Table\":{\"TableStatus\":\"ACTIVE\",\"KeySchema\":[{\"AttributeName\":\"_idx\","
						+ "\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":[{\"AttributeName\":\"_idx\",\"AttributeType\":\"S\"}]}}");
		Answer other = new Answer(200,
				"{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"ENABLED\",\"AttributeName\":\"expires_at\"}}");
		try (StubDynamoDb server = new StubDynamoDb(StubDynamoDb.DONE, active, active, other)) {
			DynamoDbStorageStrategy strategy = strategy(server);
			assertThatIllegalStateException().isThrownBy(strategy::createTable)
				.withMessageContainingAll("'expires_at'", "'_ttl'");
		}
	}

	@Test
	void impossibleNamesAreRefused() {
		for (String[] names : new String[][] { { "ab", "_idx", "_ttl" }, { "sessions", "", "_ttl" },
				{ "sessions", "same", "same" }, { "sessions", "body", "_ttl" } }) {
			assertThatIllegalArgumentException().isThrownBy(() -> new DynamoDbStorageStrategy(Clients.to(NOWHERE),
					names[0], names[1], names[2], TIMEOUT, InstantSource.system()));
		}
	}

}
