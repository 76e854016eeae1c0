package io.sessionkit.storage.dynamodb;

import java.time.InstantSource;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.RecordStorageContract;

/** Sessions in DynamoDB keep every promise. */
class DynamoDbStorageTests extends RecordStorageContract {

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		return LocalDynamoDb.shared().strategy("storage", clock);
	}

	@Override
	public Set<Promise> notPromised() {
		return Set.of();
	}

	/** A request takes about a millisecond, and each round has ten. */
	@Override
	public int rounds() {
		return 200;
	}

	/**
	 * dynalite serves one request after the other: a hundred would take it five seconds.
	 */
	@Override
	public int writers() {
		return 25;
	}

}
