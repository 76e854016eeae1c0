package io.sessionkit.storage.jdbc;

import java.time.InstantSource;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.SubjectContract;
import org.junit.jupiter.api.BeforeAll;

/** H2 finds the sessions of a subject. */
class H2SubjectTests extends SubjectContract {

	private static Table table;

	@BeforeAll
	static void createTheTable() {
		table = Table.in(H2.sessionPool(10, Table.TIMEOUT));
	}

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		return table.strategy(clock);
	}

}
