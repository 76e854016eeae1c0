package io.sessionkit.storage.dynamodb;

import java.time.InstantSource;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.SubjectContract;
import org.junit.jupiter.api.Nested;

/** DynamoDB lists the sessions of a subject. */
class DynamoDbSubjectTests {

	private static final String TABLE = "subjects";

	@Nested
	class AsItIs extends Contract {

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return LocalDynamoDb.shared().strategy(TABLE, clock);
		}

	}

	@Nested
	class InAnEmulator extends Contract {

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return LocalDynamoDb.emulator().strategy(TABLE, clock);
		}

	}

	abstract static class Contract extends SubjectContract {

		@Override
		protected int rounds() {
			return 40;
		}

	}

}
