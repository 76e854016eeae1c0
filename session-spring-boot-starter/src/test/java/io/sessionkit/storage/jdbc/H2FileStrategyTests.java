package io.sessionkit.storage.jdbc;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StrategyContract;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** H2 in a file keeps every promise of the contract. */
class H2FileStrategyTests extends StrategyContract {

	@TempDir
	static Path directory;

	private static JdbcConnectionPool pool;

	private static Table table;

	@BeforeAll
	static void createTheTable() {
		pool = H2.inFile(directory);
		table = Table.in(pool);
	}

	/** Or the directory is not empty when it is removed. */
	@AfterAll
	static void closeTheFile() {
		table.run("SHUTDOWN");
		pool.dispose();
	}

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		return table.strategy(clock);
	}

	@Override
	protected Set<Promise> notPromised() {
		return Set.of();
	}

	/** The races are those of H2 in memory; here is only another file system below. */
	@Override
	protected int rounds() {
		return 300;
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
