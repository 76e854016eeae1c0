package io.sessionkit.storage.dynamodb;

import java.time.Duration;

import io.sessionkit.SessionStorageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/**
 * Checks or creates the table at startup.
 */
final class TableSetup {

	/**
	 * Allows for the first call of a client, which connects and looks for credentials.
	 */
	static final Duration CALL = Duration.ofSeconds(10);

	private static final Duration LONGEST_CREATION = Duration.ofMinutes(2);

	private static final Duration POLL = Duration.ofMillis(200);

	private static final Logger logger = LoggerFactory
		.getLogger("io.sessionkit.storage.dynamodb.DynamoDbStorageStrategy");

	private final DynamoDbClient client;

	private final SessionTable table;

	TableSetup(DynamoDbClient client, SessionTable table) {
		this.client = client;
		this.table = table;
	}

	void check() {
		try {
			this.client.getItem((request) -> request.tableName(this.table.name())
				.key(this.table.key("none"))
				.overrideConfiguration((limit) -> limit.apiCallTimeout(CALL).addPlugin(Calls.NO_REPETITIONS)));
		}
		catch (ResourceNotFoundException ex) {
			throw new IllegalStateException(new Failures(this.table).missing(), ex);
		}
		catch (DynamoDbException ex) {
			if (Failures.isDenied(ex)) {
				throw new IllegalStateException(new Failures(this.table).denied(ex), ex);
			}
			if (Failures.isError(ex, "ValidationException")) {
				throw new IllegalStateException(otherKey(), ex);
			}
			logger.debug("The table of the sessions could not be looked at", ex);
		}
		catch (SdkException ex) {
			logger.debug("The table of the sessions could not be looked at", ex);
		}
	}

	private String otherKey() {
		return ("The key of the table '%s' is not the string '%s' alone; set the id attribute to the name of its "
				+ "partition key")
			.formatted(this.table.name(), this.table.idAttribute());
	}

	void create() {
		try {
			TableDescription present = describe();
			if (present == null) {
				createTable();
			}
			requireOurs((present != null && present.tableStatus() != TableStatus.CREATING) ? present : awaitCreation());
			new TimeToLive(this.client, this.table).switchOn();
		}
		catch (SdkException ex) {
			throw new SessionStorageException(
					"The table '%s' could not be created (%s)".formatted(this.table.name(), Failures.reason(ex)), ex);
		}
	}

	private @Nullable TableDescription describe() {
		try {
			return this.client
				.describeTable((request) -> request.tableName(this.table.name())
					.overrideConfiguration((limit) -> limit.apiCallTimeout(CALL)))
				.table();
		}
		catch (ResourceNotFoundException ex) {
			return null;
		}
	}

	private void createTable() {
		try {
			this.client.createTable((request) -> request.tableName(this.table.name())
				.billingMode(BillingMode.PAY_PER_REQUEST)
				.attributeDefinitions(AttributeDefinition.builder()
					.attributeName(this.table.idAttribute())
					.attributeType(ScalarAttributeType.S)
					.build())
				.keySchema(KeySchemaElement.builder()
					.attributeName(this.table.idAttribute())
					.keyType(KeyType.HASH)
					.build())
				.overrideConfiguration((limit) -> limit.apiCallTimeout(CALL)));
		}
		catch (ResourceInUseException ex) {
			logger.debug("Another instance has just created the table");
		}
	}

	private TableDescription awaitCreation() {
		try (DynamoDbWaiter waiter = DynamoDbWaiter.builder()
			.client(this.client)
			.overrideConfiguration((options) -> options.waitTimeout(LONGEST_CREATION)
				.maxAttempts(Integer.MAX_VALUE)
				.backoffStrategyV2(BackoffStrategy.fixedDelay(POLL)))
			.build()) {
			return waiter
				.waitUntilTableExists((request) -> request.tableName(this.table.name())
					.overrideConfiguration((limit) -> limit.apiCallTimeout(CALL)))
				.matched()
				.response()
				.orElseThrow()
				.table();
		}
	}

	private void requireOurs(TableDescription description) {
		boolean ours = description.keySchema().size() == 1
				&& description.keySchema().get(0).attributeName().equals(this.table.idAttribute())
				&& description.attributeDefinitions()
					.stream()
					.anyMatch((attribute) -> attribute.attributeName().equals(this.table.idAttribute())
							&& attribute.attributeType() == ScalarAttributeType.S);
		if (!ours) {
			throw new IllegalStateException(otherKey());
		}
	}

}
