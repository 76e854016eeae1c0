package io.sessionkit.storage.dynamodb;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.Browser;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What a table looks like from outside. */
class DynamoDbRecordTests {

	private static final String TABLE = "records";

	private static final String KEY = "k".repeat(43);

	private static final Instant END = Instant.ofEpochSecond(4_000_000_000L);

	private final LocalDynamoDb server = LocalDynamoDb.shared();

	private final DynamoDbStorageStrategy strategy = this.server.strategy(TABLE, InstantSource.system());

	private static SessionRecord record(long version, Instant expires) {
		return new SessionRecord(version, expires, "body".getBytes(StandardCharsets.UTF_8));
	}

	private Map<String, AttributeValue> created(SessionRecord record) {
		this.strategy.deleteData(KEY);
		assertThat(this.strategy.createData(KEY, record)).isTrue();
		return this.server.item(TABLE, KEY);
	}

	@Test
	void aRecordIsAnItemOfPlainAttributes() {
		Map<String, AttributeValue> item = created(record(1, END));
		assertThat(item).containsOnlyKeys("_idx", "_ttl", "version", "expires", "body", "stamp");
		assertThat(item.get("_idx").s()).isEqualTo(KEY);
		assertThat(item.get("version").n()).isEqualTo("1");
		assertThat(item.get("expires").n()).isEqualTo("4000000000000");
		assertThat(item.get("_ttl").n()).isEqualTo("4000000000");
		assertThat(item.get("body").b().asUtf8String()).isEqualTo("body");
	}

	@ParameterizedTest
	@CsvSource({ "0, 4000000000", "1, 4000000001", "999999999, 4000000001" })
	void theTtlIsTheFirstWholeSecondThatIsNotBeforeTheEnd(int nanos, String ttl) {
		assertThat(created(record(1, END.plusNanos(nanos))).get("_ttl").n()).isEqualTo(ttl);
		this.strategy.updateData(KEY, record(2, END.plusSeconds(60)));
		assertThat(this.server.item(TABLE, KEY).get("_ttl").n()).isEqualTo("4000000060");
	}

	@Test
	void whatSomebodyDoesToTheTtlChangesNoExpiry() {
		Map<String, AttributeValue> item = new HashMap<>(created(record(1, END)));
		item.put("_ttl", AttributeValue.fromN("1"));
		this.server.client().putItem((request) -> request.tableName(TABLE).item(item));
		assertThat(this.strategy.readData(KEY)).isEqualTo(record(1, END));
		assertThat(this.strategy.updateData(KEY, record(2, END))).isEqualTo(UpdateOutcome.UPDATED);
	}

	@Test
	void theKeyAndTheTtlHaveTheNamesThatTheyAreGiven() {
		DynamoDbStorageStrategy own = new DynamoDbStorageStrategy(this.server.client(), "own.names", "id", "expiresAt",
				Duration.ofSeconds(10), InstantSource.system());
		own.createTable();
		own.deleteData(KEY);
		assertThat(own.createData(KEY, record(1, END))).isTrue();
		assertThat(own.updateData(KEY, record(2, END))).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(own.readAll(List.of(KEY))).containsEntry(KEY, record(2, END));
		assertThat(this.server.dump("own.names")).extracting((bytes) -> new String(bytes, StandardCharsets.UTF_8))
			.contains("id", "expiresAt")
			.doesNotContain("_idx", "_ttl");
	}

	@Test
	void neitherAnIdNorASubjectIsAtRest() {
		SessionCookie cookie = SessionCookie.builder("__session")
			.signedWith("a secret of the record tests 0123")
			.build();
		Browser browser = new Browser(SessionStorage.of(cookie, this.strategy));
		String[] ids = new String[2];
		browser.visit((session) -> session.subject("theUser@example.com"));
		ids[0] = browser.open().id();
		browser.visit(Session::regenerateId);
		ids[1] = browser.open().id();
		assertThat(ids).doesNotContainNull().doesNotHaveDuplicates();
		assertThat(this.server.dump(TABLE)).isNotEmpty()
			.extracting((bytes) -> new String(bytes, StandardCharsets.UTF_8))
			.allSatisfy((stored) -> assertThat(stored).doesNotContain(ids));
		assertThat(this.server.client().scan((request) -> request.tableName(TABLE)).items())
			.extracting((item) -> item.get("_idx").s())
			.noneMatch((id) -> id.contains("theUser"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ab           | _idx    | _ttl    | The table name 'ab' is not valid
			my sessions  | _idx    | _ttl    | 3 to 255 letters
			arn:x        | _idx    | _ttl    | the ARN of a table
			sessions     | version | _ttl    | The id attribute 'version' is not valid
			sessions     | _idx    | body    | The TTL attribute 'body' is not valid
			sessions     | _idx    | ' '     | The TTL attribute ' ' is not valid
			sessions     | _idx    | _idx    | both '_idx'
			""")
	void aNameThatDynamoDbOrThisStrategyCannotTakeIsRefused(String table, String id, String ttl, String problem) {
		DynamoDbClient client = this.server.client();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new DynamoDbStorageStrategy(client, table, id, ttl, Duration.ofSeconds(1),
					InstantSource.system()))
			.withMessageContaining(problem);
	}

	@Test
	void aTableElsewhereIsNamedByItsArn() {
		new DynamoDbStorageStrategy(this.server.client(), "arn:aws:dynamodb:eu-central-1:123456789012:table/sessions",
				"_idx", "_ttl", Duration.ofSeconds(1), InstantSource.system());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new DynamoDbStorageStrategy(this.server.client(), "sessions", "_idx", "_ttl",
					Duration.ofNanos(1), InstantSource.system()))
			.withMessageContaining("at least one millisecond");
	}

}
