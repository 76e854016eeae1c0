package io.sessionkit.storage.jdbc;

import java.time.InstantSource;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.ExpiryContract;
import org.junit.jupiter.api.BeforeEach;

/** On H2 a node locks the rows that it tells of. */
class H2ExpiryTests extends ExpiryContract {

	private Table table;

	@BeforeEach
	void createTheTable() {
		this.table = Table.in(H2.inMemory());
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
