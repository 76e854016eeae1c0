package io.sessionkit.storage.jdbc;

import java.time.InstantSource;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.SubjectContract;
import org.junit.jupiter.api.BeforeAll;

/** PostgreSQL finds the sessions of a subject. */
class PostgresSubjectTests extends SubjectContract {

	private static Table table;

	@BeforeAll
	static void createTheTable() {
		table = Table.in(Postgres.shared().sessionPool(10));
	}

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		return table.strategy(clock);
	}

}
