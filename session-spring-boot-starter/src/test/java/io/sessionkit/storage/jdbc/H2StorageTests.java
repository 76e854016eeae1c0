package io.sessionkit.storage.jdbc;

import java.time.InstantSource;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.RecordStorageContract;
import org.junit.jupiter.api.BeforeAll;

/** Sessions in H2 keep every promise of the contract. */
class H2StorageTests extends RecordStorageContract {

	private static Table table;

	@BeforeAll
	static void createTheTable() {
		table = Table.in(H2.sessionPool(10, Table.TIMEOUT));
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
