package io.sessionkit.storage.jdbc;

import java.time.InstantSource;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.RecordStorageContract;
import org.junit.jupiter.api.BeforeAll;

/** Sessions in MariaDB keep every promise of the contract. */
class MariaDbStorageTests extends RecordStorageContract {

	private static Table table;

	@BeforeAll
	static void createTheTable() {
		table = Table.in(MariaDb.shared().sessionPool(10));
	}

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		return table.strategy(clock);
	}

	@Override
	public Set<Promise> notPromised() {
		return Set.of();
	}

}
