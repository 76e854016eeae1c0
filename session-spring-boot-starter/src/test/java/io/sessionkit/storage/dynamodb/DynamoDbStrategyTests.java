package io.sessionkit.storage.dynamodb;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StrategyContract;
import org.junit.jupiter.api.Nested;

/**
 * DynamoDB keeps every promise of the contract, and so does an emulator that does not
 * return what fails a condition.
 */
class DynamoDbStrategyTests {

	@Nested
	class AsItIs extends Contract {

		@Override
		LocalDynamoDb server() {
			return LocalDynamoDb.shared();
		}

	}

	@Nested
	class InAnEmulator extends Contract {

		@Override
		LocalDynamoDb server() {
			return LocalDynamoDb.emulator();
		}

	}

	abstract static class Contract extends StrategyContract {

		private static final String TABLE = "strategy";

		abstract LocalDynamoDb server();

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return server().strategy(TABLE, clock);
		}

		@Override
		protected Set<Promise> notPromised() {
			return Set.of();
		}

		@Override
		protected void corrupt(String key, byte[] stored) {
			server().corrupt(TABLE, key, stored);
		}

		@Override
		protected Collection<byte[]> dump() {
			return server().dump(TABLE);
		}

		/** A request takes about a millisecond, and each round has four. */
		@Override
		protected int rounds() {
			return 200;
		}

	}

}
