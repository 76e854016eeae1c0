package io.sessionkit.storage.jdbc;

import java.time.InstantSource;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.ExpiryContract;
import org.junit.jupiter.api.BeforeEach;

/** On PostgreSQL a deletion says what it has removed. */
class PostgresExpiryTests extends ExpiryContract {

	private Table table;

	@BeforeEach
	void createTheTable() {
		this.table = Table.in(Postgres.shared().sessionPool(10));
	}

	@Override
	protected SessionIdStorageStrategy node(InstantSource clock) {
		return this.table.strategy(clock);
	}

	@Override
	protected void cleanUp(SessionIdStorageStrategy node) throws Exception {
		((JdbcStorageStrategy) node).cleanUp().run();
	}

}
