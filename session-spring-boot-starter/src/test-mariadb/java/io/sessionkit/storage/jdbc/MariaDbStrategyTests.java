package io.sessionkit.storage.jdbc;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StrategyContract;
import org.junit.jupiter.api.BeforeAll;

/** MariaDB keeps every promise of the contract. */
class MariaDbStrategyTests extends StrategyContract {

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
	protected Set<Promise> notPromised() {
		return Set.of();
	}

	@Override
	protected void corrupt(String key, byte[] stored) {
		table.corrupt(key, stored);
	}

	@Override
	protected Collection<byte[]> dump() {
		return table.dump();
	}

}
