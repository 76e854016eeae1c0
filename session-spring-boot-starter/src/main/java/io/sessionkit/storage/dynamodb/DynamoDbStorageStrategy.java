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
 * Keeps records in one table of Amazon DynamoDB. One item a session; one request to read,
 * strongly consistent, and one conditional put to write; up to a hundred items in one to
 * read several.
 *
 * <p>
 * A new id is two puts and no transaction, which would cost twice the write capacity,
 * have DynamoDB write each item in two phases, and refuse every other write of the
 * session meanwhile. Between the two a crash leaves a record whose id nobody has.
 *
 * <p>
 * Expired items count as absent at once. DynamoDB removes them by the TTL attribute
 * within days, at no cost, where its time to live is switched on.
 *
 * <p>
 * The time-out covers a request and its repetitions, which are this strategy's own, with
 * jitter, whatever the client is set to: while DynamoDB throttles or fails by itself
 * (5xx), and where a connection breaks. A write whose answer was lost and that is
 * repeated meets its own result; it knows it by a random stamp in the item and counts as
 * written. Only where another request wrote on top of it in between does it count as a
 * conflict, so that its changes are applied a second time.
 *
 * <p>
 * The guarantees hold within one region: a global table carries writes to another one
 * later, and settles conflicts by the clock.
 *
 * @see <a href=
 * "https://v2.remix.run/docs/utils/sessions/#createarctablesessionstorage-architect-amazon-dynamodb">createArcTableSessionStorage</a>,
 * which writes without a condition and leaves expired items readable until DynamoDB
 * removes them
 */
public final class DynamoDbStorageStrategy implements SessionIdStorageStrategy {

	/** The table if nothing else is said: {@value}. */
	public static final String DEFAULT_TABLE_NAME = "sessions";

	/** The hash key of the table if nothing else is said: {@value}. */
	public static final String DEFAULT_ID_ATTRIBUTE = "_idx";

	/** The TTL attribute if nothing else is said: {@value}. */
	public static final String DEFAULT_TTL_ATTRIBUTE = "_ttl";

	private final SecureRandom random = new SecureRandom();

	private final DynamoDbClient client;

	private final SessionTable table;

	private final Items items;

	private final Calls calls;

	private final InstantSource clock;

	/**
	 * Keeps sessions in the table {@value #DEFAULT_TABLE_NAME} with every default.
	 * @param client what calls DynamoDB; it stays open
	 */
	public DynamoDbStorageStrategy(DynamoDbClient client) {
		this(client, DEFAULT_TABLE_NAME, DEFAULT_ID_ATTRIBUTE, DEFAULT_TTL_ATTRIBUTE, Deadline.DEFAULT_TIMEOUT,
				InstantSource.system());
	}

	/**
	 * Keeps sessions in the given table. Nothing is asked of DynamoDB yet.
	 * @param client what calls DynamoDB; it stays open. Its connection time-out should be
	 * shorter than the time-out here, which cannot interrupt the wait for a connection
	 * @param tableName the table, or its ARN where it is another account's
	 * @param idAttribute its hash key, of type string; there is no sort key
	 * @param ttlAttribute the attribute that its time to live goes by
	 * @param timeout how long one call may take
	 * @param clock the clock for expiry
	 * @throws IllegalArgumentException if a name is not possible, or the time-out is
	 * shorter than a millisecond
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
	 * Creates the table where it is missing, paid by request, waits until it can be used,
	 * and switches its time to live on. Several nodes may do it at once. It takes some
	 * seconds, and needs the permissions {@code dynamodb:CreateTable},
	 * {@code DescribeTable}, {@code UpdateTimeToLive} and {@code DescribeTimeToLive}.
	 * @throws IllegalStateException if there is a table of this name with another key or
	 * another TTL attribute
	 * @throws io.sessionkit.SessionStorageException if the table is neither there nor can
	 * be created
	 */
	public void createTable() {
		new TableSetup(this.client, this.table).create();
	}

	/**
	 * Looks whether the table can be read, by one request of up to 10 seconds. It makes
	 * the client connect too, which the first visitor need not wait for then. Where
	 * DynamoDB does not answer at all nothing is thrown, so that an application starts
	 * without it.
	 * @throws IllegalStateException if DynamoDB says that there is no such table, that it
	 * has another key, or that access is denied
	 */
	public void checkTable() {
		new TableSetup(this.client, this.table).check();
	}

	/**
	 * Tells how to create the table by hand.
	 * @return two commands of the AWS CLI: for the table, and for its time to live
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
	 * One strongly consistent request. DynamoDB may answer a part only, as much as it has
	 * capacity for, and 16 MB at most; the rest is asked for again.
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

	/** An answer with nothing in it is a refusal. */
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
	 * @return {@code null} if it was written, otherwise the item that is there, empty for
	 * none
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
			// DynamoDB returns what is there; an emulator may leave it out.
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
