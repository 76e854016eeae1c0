package io.sessionkit.storage.dynamodb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.storage.dynamodb.DynamoDbStub.Answer;
import io.sessionkit.storage.dynamodb.DynamoDbStub.Call;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What dynalite never does: it throttles, fails, loses answers and says nothing.
 */
@Tag("timing")
class DynamoDbFailureTests {

	private static final String KEY = "k".repeat(43);

	private static final SessionRecord RECORD = record(1, "1");

	/** A machine with other work to do takes its time. */
	private static final Duration MARGIN = Duration.ofSeconds(1);

	private final List<AutoCloseable> open = new ArrayList<>();

	/**
	 * How often the client of the application tries.
	 */
	enum Client {

		AS_IT_IS, WITHOUT_REPETITIONS;

		DynamoDbClient to(URI endpoint) {
			return Clients.to(endpoint, (options) -> {
				if (this == WITHOUT_REPETITIONS) {
					options.retryStrategy(AwsRetryStrategy.doNotRetry());
				}
			});
		}

	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable each : this.open) {
			each.close();
		}
	}

	private static SessionRecord record(long version, String body) {
		return new SessionRecord(version, Instant.ofEpochSecond(4_000_000_000L), body.getBytes(StandardCharsets.UTF_8));
	}

	private DynamoDbStub stub(Function<Call, @Nullable Answer> answers) {
		DynamoDbStub stub = new DynamoDbStub(answers);
		this.open.add(stub);
		return stub;
	}

	private DynamoDbStorageStrategy strategy(Client client, URI endpoint, Duration timeout) {
		DynamoDbClient dynamoDb = client.to(endpoint);
		this.open.add(dynamoDb);
		return new DynamoDbStorageStrategy(dynamoDb, "failures", "_idx", "_ttl", timeout, InstantSource.system());
	}

	private DynamoDbStorageStrategy strategy(Client client, DynamoDbStub stub) {
		return strategy(client, stub.endpoint(), Duration.ofSeconds(5));
	}

	/** The time is what a warm client takes. */
	private static SessionStorageException failure(Duration timeout, Runnable call) {
		long begin = System.nanoTime();
		Throwable thrown = null;
		try {
			call.run();
		}
		catch (SessionStorageException ex) {
			thrown = ex;
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(timeout.plus(MARGIN));
		assertThat(thrown).isInstanceOf(SessionStorageException.class);
		assertThat(thrown.getMessage()).doesNotContain(KEY);
		return (SessionStorageException) thrown;
	}

	@ParameterizedTest
	@EnumSource
	void whatIsThrottledForAMomentSucceeds(Client client) {
		DynamoDbStub stub = stub((call) -> (call.number() < 3) ? Answer.throttled() : Answer.of("{}"));
		assertThat(strategy(client, stub).createData(KEY, RECORD)).isTrue();
		assertThat(stub.operations()).hasSize(4).containsOnly("PutItem");
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503 })
	void whatFailsByItselfForAMomentSucceeds(int status) {
		DynamoDbStub stub = stub(
				(call) -> (call.number() < 2) ? Answer.error(status, "InternalServerError") : Answer.of("{}"));
		for (Client client : Client.values()) {
			assertThat(strategy(client, stub).readData(KEY)).isNull();
		}
		assertThat(stub.operations()).hasSize(4);
	}

	@ParameterizedTest
	@EnumSource
	void whatIsThrottledOnFailsInTimeWithWhatToDo(Client client) {
		DynamoDbStub stub = stub((call) -> Answer.throttled());
		DynamoDbStorageStrategy warm = strategy(client, stub.endpoint(), Duration.ofMillis(500));
		failure(Duration.ofSeconds(5), () -> warm.readData(KEY));
		int before = stub.calls().size();
		assertThat(failure(Duration.ofMillis(500), () -> warm.readData(KEY))).message()
			.contains("throttled the table 'failures'", "read a session record", "PAY_PER_REQUEST");
		assertThat(stub.calls().size() - before).isBetween(3, 100);
	}

	@Test
	void whereNothingIsAnsweredACallEndsInTime() {
		DynamoDbStub stub = stub((call) -> (call.number() == 0) ? Answer.of("{}") : null);
		DynamoDbStorageStrategy strategy = strategy(Client.AS_IT_IS, stub.endpoint(), Duration.ofMillis(500));
		try {
			strategy.readData(KEY);
		}
		catch (SessionStorageException ex) {
			assertThat(ex).as("a cold client").hasMessageContaining("within");
		}
		for (Runnable call : List.<Runnable>of(() -> strategy.readData(KEY), () -> strategy.createData(KEY, RECORD),
				() -> strategy.updateData(KEY, record(2, "2")), () -> strategy.deleteData(KEY),
				() -> strategy.readAll(List.of(KEY)))) {
			assertThat(failure(Duration.ofMillis(500), call)).message().containsPattern("within \\d+ ms");
		}
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void whereNoConnectionIsTakenACallEndsWithTheConnectionTimeoutOfTheClient() throws IOException {
		try (ServerSocket full = new ServerSocket()) {
			full.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
			List<Socket> waiting = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				Socket socket = new Socket();
				waiting.add(socket);
				try {
					socket.connect(full.getLocalSocketAddress(), 50);
				}
				catch (IOException ex) {
					break;
				}
			}
			DynamoDbStorageStrategy strategy = strategy(Client.AS_IT_IS,
					URI.create("http://127.0.0.1:" + full.getLocalPort()), Duration.ofMillis(500));
			assertThat(failure(Duration.ofSeconds(2), () -> strategy.readData(KEY))).message()
				.contains("check that it is reachable");
			for (Socket socket : waiting) {
				socket.close();
			}
		}
	}

	@Test
	void aRequestThatIsInterruptedEndsAtOnceAndStaysInterrupted() {
		DynamoDbStub stub = stub((call) -> null);
		DynamoDbStorageStrategy strategy = strategy(Client.AS_IT_IS, stub.endpoint(), Duration.ofSeconds(30));
		Thread.currentThread().interrupt();
		assertThat(failure(Duration.ofSeconds(5), () -> strategy.readData(KEY))).message().contains("read");
		assertThat(Thread.interrupted()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ResourceNotFoundException   | There is no table 'failures'
			ResourceNotFoundException   | aws dynamodb create-table --table-name failures
			AccessDeniedException       | dynamodb:GetItem, PutItem, DeleteItem and BatchGetItem
			UnrecognizedClientException | check the credentials
			AccessDeniedException       | (AccessDeniedException: theServersOwnWords about ...)
			ItemCollectionSizeLimit     | (ItemCollectionSizeLimit: theServersOwnWords about ...)
			ValidationException         | (ValidationException)
			""")
	void whatDynamoDbRefusesIsExplainedAndNotTriedAgain(String type, String explanation) {
		DynamoDbStub stub = stub((call) -> Answer.error(400, type));
		DynamoDbStorageStrategy strategy = strategy(Client.AS_IT_IS, stub);
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy.createData(KEY, RECORD))
			.withMessageContaining(explanation);
		assertThat(stub.operations()).hasSize(1);
	}

	/** One that does what it is asked, and whose answer to the first write is lost. */
	private DynamoDbStub losingAnswers(int from, Runnable meanwhile) {
		LocalDynamoDb server = LocalDynamoDb.shared();
		server.strategy("failures", InstantSource.system()).deleteData(KEY);
		boolean[] lost = new boolean[1];
		return stub((call) -> {
			Answer answer = call.forward(server);
			if (call.operation().equals("PutItem") && call.number() >= from && !lost[0]) {
				lost[0] = true;
				meanwhile.run();
				return Answer.CUT;
			}
			return answer;
		});
	}

	@Test
	void aWriteWhoseAnswerWasLostIsWrittenAndNoConflict() {
		DynamoDbStub creating = losingAnswers(0, () -> {
		});
		assertThat(strategy(Client.AS_IT_IS, creating).createData(KEY, RECORD)).isTrue();
		assertThat(creating.operations()).containsExactly("PutItem", "PutItem");
		DynamoDbStub updating = losingAnswers(1, () -> {
		});
		DynamoDbStorageStrategy strategy = strategy(Client.AS_IT_IS, updating);
		strategy.createData(KEY, RECORD);
		assertThat(strategy.updateData(KEY, record(2, "2"))).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(updating.operations()).containsExactly("PutItem", "PutItem", "PutItem");
		assertThat(strategy.readData(KEY)).isEqualTo(record(2, "2"));
	}

	@Test
	void theSameWriteOfAnotherIsAConflict() {
		DynamoDbStub stub = losingAnswers(9, () -> {
		});
		DynamoDbStorageStrategy strategy = strategy(Client.AS_IT_IS, stub);
		strategy.createData(KEY, RECORD);
		assertThat(strategy.createData(KEY, RECORD)).isFalse();
		assertThat(strategy.updateData(KEY, record(2, "2"))).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(strategy.updateData(KEY, record(2, "2"))).isEqualTo(UpdateOutcome.CONFLICT);
		assertThat(stub.operations()).as("one request each")
			.containsExactly("PutItem", "PutItem", "PutItem", "PutItem");
	}

	@Test
	void whereAnotherWroteOnTopMeanwhileItIsAConflict() {
		DynamoDbStorageStrategy other = LocalDynamoDb.shared().strategy("failures", InstantSource.system());
		DynamoDbStub stub = losingAnswers(1, () -> other.updateData(KEY, record(3, "3")));
		DynamoDbStorageStrategy strategy = strategy(Client.AS_IT_IS, stub);
		strategy.createData(KEY, RECORD);
		assertThat(strategy.updateData(KEY, record(2, "2"))).isEqualTo(UpdateOutcome.CONFLICT);
		assertThat(strategy.readData(KEY)).isEqualTo(record(3, "3"));
	}

	@Test
	void whatDynamoDbHasNoCapacityForInABatchIsAskedForAgain() {
		String other = "o".repeat(43);
		String item = "{\"_idx\":{\"S\":\"%s\"},\"version\":{\"N\":\"1\"},\"expires\":{\"N\":\"4000000000000\"},"
				+ "\"body\":{\"B\":\"MQ==\"}}";
		String unprocessed = "\"UnprocessedKeys\":{\"failures\":{\"Keys\":[%s],\"ConsistentRead\":true}}";
		String key = "{\"_idx\":{\"S\":\"%s\"}}";
		List<Answer> answers = List.of(
				Answer.of("{\"Responses\":{}," + unprocessed.formatted(key.formatted(KEY) + "," + key.formatted(other))
						+ "}"),
				Answer.of("{\"Responses\":{\"failures\":[" + item.formatted(KEY) + "]},"
						+ unprocessed.formatted(key.formatted(other)) + "}"),
				Answer.of("{\"Responses\":{\"failures\":[" + item.formatted(other) + "]},\"UnprocessedKeys\":{}}"));
		DynamoDbStub stub = stub((call) -> answers.get(call.number()));
		assertThat(strategy(Client.AS_IT_IS, stub).readAll(List.of(KEY, other))).containsOnlyKeys(KEY, other);
		assertThat(stub.operations()).containsExactly("BatchGetItem", "BatchGetItem", "BatchGetItem");
		assertThat(stub.calls().get(2).body()).contains(other).doesNotContain(KEY);
	}

}
