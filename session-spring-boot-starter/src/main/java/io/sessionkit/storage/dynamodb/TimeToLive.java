package io.sessionkit.storage.dynamodb;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * Enables the time to live of the table, by which DynamoDB removes expired items.
 */
final class TimeToLive {

	private static final Logger logger = LoggerFactory
		.getLogger("io.sessionkit.storage.dynamodb.DynamoDbStorageStrategy");

	private final DynamoDbClient client;

	private final SessionTable table;

	TimeToLive(DynamoDbClient client, SessionTable table) {
		this.client = client;
		this.table = table;
	}

	void switchOn() {
		try {
			if (!isOn()) {
				update();
			}
		}
		catch (DynamoDbException ex) {
			if (!Failures.isError(ex, "UnknownOperationException")) {
				throw ex;
			}
			logger.warn("This server does not support time to live, so nothing removes expired sessions from "
					+ "the table '{}'. (Said once.)", this.table.name());
		}
	}

	private boolean isOn() {
		TimeToLiveDescription present = this.client
			.describeTimeToLive((request) -> request.tableName(this.table.name())
				.overrideConfiguration((limit) -> limit.apiCallTimeout(TableSetup.CALL)))
			.timeToLiveDescription();
		boolean on = present.timeToLiveStatus() == TimeToLiveStatus.ENABLED
				|| present.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
		if (on && !this.table.ttlAttribute().equals(present.attributeName())) {
			throw new IllegalStateException(("The time to live of the table '%s' uses the attribute '%s' instead of "
					+ "'%s'; set the TTL attribute to that name")
				.formatted(this.table.name(), present.attributeName(), this.table.ttlAttribute()));
		}
		return on;
	}

	private void update() {
		try {
			this.client.updateTimeToLive((request) -> request.tableName(this.table.name())
				.timeToLiveSpecification((ttl) -> ttl.enabled(true).attributeName(this.table.ttlAttribute()))
				.overrideConfiguration((limit) -> limit.apiCallTimeout(TableSetup.CALL)));
		}
		catch (DynamoDbException ex) {
			// Unless another instance has just enabled it.
			if (!Failures.isError(ex, "ValidationException") || !isOn()) {
				throw ex;
			}
		}
	}

}
