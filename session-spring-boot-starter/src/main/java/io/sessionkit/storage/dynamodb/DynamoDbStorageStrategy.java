package io.sessionkit.storage.dynamodb;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.sessionkit.Deadline;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Keeps records in one table of Amazon DynamoDB. Each session is one item. A read is one
 * strongly consistent request, a write is one conditional put, and up to a hundred items
 * are read with one request.
 *
 * <p>
 * A new id takes two puts without a transaction. A transaction would cost twice the write
 * capacity, since DynamoDB writes each item in two phases, and would refuse every other
 * write of the session meanwhile. A crash between the two puts leaves a record whose id
 * nobody has.
 *
 * <p>
 * Expired items count as absent at once. DynamoDB removes them within days, at no cost,
 * if time to live (TTL) is enabled for the table.
 *
 * <p>
 * The timeout covers a request and its retries. The strategy retries requests itself,
 * with jitter and whatever the settings of the client, while DynamoDB throttles or fails
 * with a 5xx status, and after a broken connection. If the answer of a write was lost,
 * its retry finds its own result: a random stamp in the item shows that the write
 * succeeded. Only if another request has written in between does this count as a
 * conflict, and the changes are applied a second time.
 *
 * <p>
 * The guarantees hold within one region. A global table replicates writes to other
 * regions later and resolves conflicts by time.
 *
 * @see <a href=
 * "https://v2.remix.run/docs/utils/sessions/#createarctablesessionstorage-architect-amazon-dynamodb">createArcTableSessionStorage</a>,
 * which writes without a condition and leaves expired items readable until DynamoDB
 * removes them
 */
public final class DynamoDbStorageStrategy implements SessionIdStorageStrategy {

	/** The default name of the table: {@value}. */
	public static final String DEFAULT_TABLE_NAME = "sessions";

	/** The default name of the partition key of the table: {@value}. */
	public static final String DEFAULT_ID_ATTRIBUTE = "_idx";

	/** The default name of the TTL attribute: {@value}. */
	public static final String DEFAULT_TTL_ATTRIBUTE = "_ttl";

	private final SecureRandom random = new SecureRandom();

	private final DynamoDbClient client;

	private final SessionTable table;

	private final Items items;

	private final Calls calls;

	private final InstantSource clock;

	/**
	 * Keeps sessions in the table {@value #DEFAULT_TABLE_NAME} with default settings.
	 * @param client the client that calls DynamoDB; it stays open
	 */
	public DynamoDbStorageStrategy(DynamoDbClient client) {
		this(client, DEFAULT_TABLE_NAME, DEFAULT_ID_ATTRIBUTE, DEFAULT_TTL_ATTRIBUTE, Deadline.DEFAULT_TIMEOUT,
				InstantSource.system());
	}

	/**
	 * Keeps sessions in the given table. This does not call DynamoDB yet.
	 * @param client the client that calls DynamoDB; it stays open. Its connection timeout
	 * should be shorter than the timeout of this strategy, which cannot interrupt the
	 * wait for a connection
	 * @param tableName the name of the table, or its ARN if it belongs to another account
	 * @param idAttribute the partition key of the table, of type string; the table has no
	 * sort key
	 * @param ttlAttribute the attribute that DynamoDB uses for the time to live
	 * @param timeout how long one call may take, at least one millisecond
	 * @param clock the clock for expiry
	 * @throws IllegalArgumentException if a name is not valid, or the timeout is shorter
	 * than a millisecond
	 */
	public DynamoDbStorageStrategy(DynamoDbClient client, String tableName, String idAttribute, String ttlAttribute,
			Duration timeout, InstantSource clock) {
		this.client = Objects.requireNonNull(client, "client");
		this.table = new SessionTable(tableName, idAttribute, ttlAttribute);
		this.clock = Objects.requireNonNull(clock, "clock");
		if (timeout.toMillis() < 1) {
			throw new IllegalArgumentException("The timeout is " + timeout + ", it must be at least one millisecond");
		}
		this.items = new Items(this.table);
		this.calls = new Calls(client, this.table, timeout);
	}

	/**
	 * Creates the table if it is missing, with on-demand billing, waits until it can be
	 * used, and enables its time to live. Several instances may do this at the same time.
	 * It takes some seconds and needs permission for {@code dynamodb:CreateTable},
	 * {@code DescribeTable}, {@code UpdateTimeToLive} and {@code DescribeTimeToLive}.
	 * @throws IllegalStateException if a table of this name exists and has another key or
	 * another TTL attribute
	 * @throws io.sessionkit.SessionStorageException if the table does not exist and
	 * cannot be created
	 */
	public void createTable() {
		new TableSetup(this.client, this.table).create();
	}

	/**
	 * Checks that the table can be read, with one request of up to 10 seconds. This also
	 * opens a connection, so that the first visitor does not have to wait for it. If
	 * DynamoDB does not answer, nothing is thrown, so that an application can start
	 * without it.
	 * @throws IllegalStateException if DynamoDB reports that the table does not exist,
	 * that it has another key, or that access is denied
	 */
	public void checkTable() {
		new TableSetup(this.client, this.table).check();
	}

	/**
	 * Returns the commands with which an administrator creates the table.
	 * @return two commands of the AWS CLI, one for the table and one for its time to live
	 */
	public String tableCommands() {
		return this.table.commands();
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		long stamp = this.random.nextLong();
		Map<String, AttributeValue> present = put("create", key, record, stamp, "NOT " + Items.LIVE, Map.of());
		return present == null || Items.isStamped(present, stamp);
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		return live(this.items.record(key, item("read", key)));
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		long stamp = this.random.nextLong();
		Map<String, AttributeValue> present = put("update", key, record, stamp,
				Items.LIVE + " AND #version = :previous", Map.of(":previous", Items.number(record.version() - 1)));
		if (present == null || Items.isStamped(present, stamp)) {
			return UpdateOutcome.UPDATED;
		}
		SessionRecord other = live(this.items.record(key, present));
		return (other != null) ? UpdateOutcome.conflict(other) : UpdateOutcome.GONE;
	}

	@Override
	public void deleteData(String key) {
		this.calls.call("delete",
				(client, limit) -> client.deleteItem((request) -> request.tableName(this.table.name())
					.key(this.table.key(key))
					.overrideConfiguration(limit)));
	}

	/**
	 * Sends one strongly consistent request. DynamoDB may return only part of the items,
	 * limited by its capacity and to 16 MB. The rest is requested again.
	 */
	@Override
	public Map<String, SessionRecord> readAll(Collection<String> keys) {
		Map<String, SessionRecord> records = new HashMap<>();
		List<Map<String, AttributeValue>> open = keys.stream().map(this.table::key).toList();
		while (!open.isEmpty()) {
			BatchGetItemResponse answer = items(open);
			answer.responses().values().stream().flatMap(List::stream).forEach((item) -> {
				String key = this.table.id(item);
				SessionRecord record = live(this.items.record(key, item));
				if (record != null) {
					records.put(key, record);
				}
			});
			open = unprocessed(answer);
		}
		return records;
	}

	private static List<Map<String, AttributeValue>> unprocessed(BatchGetItemResponse answer) {
		return answer.unprocessedKeys().values().stream().flatMap((open) -> open.keys().stream()).toList();
	}

	/** Treats a response in which no key was processed as throttling. */
	private BatchGetItemResponse items(List<Map<String, AttributeValue>> open) {
		KeysAndAttributes keys = KeysAndAttributes.builder().keys(open).consistentRead(true).build();
		return this.calls.call("read", (client, limit) -> {
			BatchGetItemResponse answer = client.batchGetItem(
					(request) -> request.requestItems(Map.of(this.table.name(), keys)).overrideConfiguration(limit));
			if (unprocessed(answer).size() == open.size()) {
				throw ProvisionedThroughputExceededException.builder().message("No key was processed").build();
			}
			return answer;
		});
	}

	private @Nullable SessionRecord live(@Nullable SessionRecord record) {
		return (record != null && this.clock.instant().isBefore(record.expires())) ? record : null;
	}

	/**
	 * Replaces an item under a condition.
	 * @return {@code null} if it was written, otherwise the item that is stored, which is
	 * empty if there is none
	 */
	private @Nullable Map<String, AttributeValue> put(String verb, String key, SessionRecord record, long stamp,
			String condition, Map<String, AttributeValue> values) {
		Map<String, AttributeValue> item = this.items.of(key, record, stamp);
		Map<String, AttributeValue> all = new HashMap<>(Items.liveValues(this.clock.instant()));
		all.putAll(values);
		try {
			this.calls.call(verb,
					(client, limit) -> client.putItem((request) -> request.tableName(this.table.name())
						.item(item)
						.conditionExpression(condition)
						.expressionAttributeNames(Items.LIVE_NAMES)
						.expressionAttributeValues(all)
						.returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
						.overrideConfiguration(limit)));
			return null;
		}
		catch (ConditionalCheckFailedException ex) {
			// DynamoDB returns the stored item; an emulator may not.
			return ex.hasItem() ? ex.item() : item(verb, key);
		}
	}

	private Map<String, AttributeValue> item(String verb, String key) {
		return this.calls.call(verb,
				(client, limit) -> client.getItem((request) -> request.tableName(this.table.name())
					.key(this.table.key(key))
					.consistentRead(true)
					.overrideConfiguration(limit)))
			.item();
	}

}
