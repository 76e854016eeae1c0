package io.sessionkit.storage.dynamodb;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import ch.qos.logback.classic.Level;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.storage.dynamodb.DynamoDbStub.Answer;
import io.sessionkit.storage.dynamodb.DynamoDbStub.Call;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The table is created, or looked for, at the start. */
class DynamoDbTableTests {

	private static final String ACTIVE = """
			{"Table":{"TableStatus":"ACTIVE","KeySchema":[{"AttributeName":"_idx","KeyType":"HASH"}],
			"AttributeDefinitions":[{"AttributeName":"_idx","AttributeType":"S"}]}}""";

	private static final String CREATING = "{\"Table\":{\"TableStatus\":\"CREATING\"}}";

	private static final String OFF = "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"DISABLED\"}}";

	private static final String ON = "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"%s\",\"AttributeName\":\"%s\"}}";

	private final List<AutoCloseable> open = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable each : this.open) {
			each.close();
		}
	}

	private DynamoDbStub stub(Function<Call, @Nullable Answer> answers) {
		DynamoDbStub stub = new DynamoDbStub(answers);
		this.open.add(stub);
		return stub;
	}

	/** Answers the operations of the same name one after the other, the last one on. */
	private DynamoDbStub stub(Map<String, List<Answer>> answers) {
		List<String> asked = new ArrayList<>();
		return stub((call) -> {
			int before = (int) asked.stream().filter(call.operation()::equals).count();
			asked.add(call.operation());
			List<Answer> all = answers.getOrDefault(call.operation(), List.of(Answer.of("{}")));
			return all.get(Math.min(before, all.size() - 1));
		});
	}

	private DynamoDbStorageStrategy strategy(DynamoDbStub stub) {
		DynamoDbClient client = Clients.to(stub.endpoint());
		this.open.add(client);
		return new DynamoDbStorageStrategy(client);
	}

	@Test
	void whereItIsMissingItIsCreatedAwaitedAndItsTimeToLiveSwitchedOn() {
		DynamoDbStub stub = stub(Map.of("DescribeTable",
				List.of(Answer.error(400, "ResourceNotFoundException"), Answer.of(CREATING), Answer.of(ACTIVE)),
				"DescribeTimeToLive", List.of(Answer.of(OFF))));
		strategy(stub).createTable();
		assertThat(stub.operations()).containsExactly("DescribeTable", "CreateTable", "DescribeTable", "DescribeTable",
				"DescribeTimeToLive", "UpdateTimeToLive");
		assertThat(stub.calls().get(1).body()).contains("\"TableName\":\"sessions\"", "PAY_PER_REQUEST",
				"{\"AttributeName\":\"_idx\",\"KeyType\":\"HASH\"}",
				"{\"AttributeName\":\"_idx\",\"AttributeType\":\"S\"}");
		assertThat(stub.calls().get(5).body()).contains("\"Enabled\":true", "\"AttributeName\":\"_ttl\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ENABLED", "ENABLING" })
	void aTableThatIsReadyIsLeftAsItIs(String status) {
		DynamoDbStub stub = stub(Map.of("DescribeTable", List.of(Answer.of(ACTIVE)), "DescribeTimeToLive",
				List.of(Answer.of(ON.formatted(status, "_ttl")))));
		strategy(stub).createTable();
		assertThat(stub.operations()).containsOnly("DescribeTable", "DescribeTimeToLive");
	}

	@Test
	void severalNodesMayCreateItAtOnce() {
		DynamoDbStub stub = stub(
				Map.of("DescribeTable", List.of(Answer.error(400, "ResourceNotFoundException"), Answer.of(ACTIVE)),
						"CreateTable", List.of(Answer.error(400, "ResourceInUseException")), "DescribeTimeToLive",
						List.of(Answer.of(OFF), Answer.of(ON.formatted("ENABLING", "_ttl"))), "UpdateTimeToLive",
						List.of(Answer.error(400, "ValidationException"))));
		assertThatCode(() -> strategy(stub).createTable()).doesNotThrowAnyException();
	}

	@Test
	void aTimeToLiveThatCannotBeSwitchedOnIsNoSuccess() {
		DynamoDbStub stub = stub(Map.of("DescribeTable", List.of(Answer.of(ACTIVE)), "DescribeTimeToLive",
				List.of(Answer.of(OFF)), "UpdateTimeToLive", List.of(Answer.error(400, "ValidationException"))));
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy(stub).createTable())
			.withMessageContaining("The table 'sessions' could not be created");
	}

	@Test
	void aServerWithoutATimeToLiveIsAWarning() {
		LocalDynamoDb server = LocalDynamoDb.shared();
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			server.strategy("without-ttl", InstantSource.system()).checkTable();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("nothing removes expired sessions from the table 'without-ttl'");
		}
	}

	@Test
	void aTableOfThisNameWithAnotherKeyOrTtlIsSaid() {
		DynamoDbStub otherKey = stub(Map.of("DescribeTable", List.of(Answer.of(ACTIVE.replace("_idx", "id")))));
		assertThatIllegalStateException().isThrownBy(() -> strategy(otherKey).createTable())
			.withMessageContaining("The key of the table 'sessions' is not the string '_idx' alone");
		DynamoDbStub sortKey = stub(Map.of("DescribeTable", List
			.of(Answer.of(ACTIVE.replace("\"HASH\"}", "\"HASH\"},{\"AttributeName\":\"x\",\"KeyType\":\"RANGE\"}")))));
		assertThatIllegalStateException().isThrownBy(() -> strategy(sortKey).createTable())
			.withMessageContaining("'_idx' alone");
		DynamoDbStub otherTtl = stub(Map.of("DescribeTable", List.of(Answer.of(ACTIVE)), "DescribeTimeToLive",
				List.of(Answer.of(ON.formatted("ENABLED", "gone")))));
		assertThatIllegalStateException().isThrownBy(() -> strategy(otherTtl).createTable())
			.withMessageContaining("uses the attribute 'gone' instead of '_ttl'");
	}

	@Test
	void whoMayNotCreateATableIsTold() {
		DynamoDbStub stub = stub((call) -> Answer.error(400, "AccessDeniedException"));
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy(stub).createTable())
			.withMessage(
					"The table 'sessions' could not be created (AccessDeniedException: theServersOwnWords about ...)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					ResourceNotFoundException   | There is no table 'sessions' in the account and region of the DynamoDbClient
					ValidationException         | The key of the table 'sessions' is not the string '_idx' alone
					AccessDeniedException       | DynamoDB denied access to the table 'sessions' (AccessDeniedException: theServersOwnWords about ...)
					""")
	void whatDynamoDbSaysOfTheTableIsSaidAtTheStart(String type, String explanation) {
		DynamoDbStub stub = stub((call) -> Answer.error(400, type));
		assertThatIllegalStateException().isThrownBy(() -> strategy(stub).checkTable())
			.withMessageStartingWith(explanation);
		assertThat(stub.operations()).containsExactly("GetItem");
	}

	@Test
	void aDynamoDbThatIsDownOrBusyKeepsNobodyFromStarting() {
		DynamoDbStub busy = stub((call) -> Answer.throttled());
		assertThatCode(() -> strategy(busy).checkTable()).doesNotThrowAnyException();
		DynamoDbStub cut = stub((call) -> Answer.CUT);
		assertThatCode(() -> strategy(cut).checkTable()).doesNotThrowAnyException();
	}

	@Test
	void theCommandsNameTableKeyAndTtl() {
		try (DynamoDbClient client = Clients.to(stub((call) -> null).endpoint())) {
			assertThat(new DynamoDbStorageStrategy(client, "shop-sessions", "id", "ttl", Duration.ofSeconds(1),
					InstantSource.system())
				.tableCommands()).isEqualTo("""
						aws dynamodb create-table --table-name shop-sessions --billing-mode PAY_PER_REQUEST \\
						    --attribute-definitions AttributeName=id,AttributeType=S \\
						    --key-schema AttributeName=id,KeyType=HASH
						aws dynamodb update-time-to-live --table-name shop-sessions \\
						    --time-to-live-specification Enabled=true,AttributeName=ttl""");
		}
	}

}
