package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.sessionkit.SessionStorageException;
import io.sessionkit.contract.Race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What becomes of updates and moves while somebody else holds the row. */
final class LockedRow {

	/** What a busy machine may add. */
	private static final Duration MARGIN = Duration.ofSeconds(3);

	private LockedRow() {
	}

	/**
	 * Fifty of both at once, and then one after the other.
	 * @param other on which the row is locked
	 */
	static void assertNoWriteOutlivesItsCall(Table table, Duration timeout, Connection other) throws SQLException {
		JdbcStorageStrategy strategy = table.strategy(timeout, InstantSource.system());
		String key = Rows.created(table.strategy(InstantSource.system()));
		other.setAutoCommit(false);
		try (Statement lock = other.createStatement()) {
			lock.execute("SELECT 1 FROM " + table.name() + " FOR UPDATE");
			List<Duration> waits = Race.of(50, (racer) -> () -> failing(strategy, key, timeout, racer));
			assertThat(waits).allSatisfy((wait) -> assertThat(wait).isLessThan(timeout.plus(MARGIN)));
			for (int i = 0; i < 5; i++) {
				assertThat(failing(strategy, key, timeout, i)).isLessThan(timeout.plus(MARGIN));
			}
			other.rollback();
		}
		other.setAutoCommit(true);
		assertThat(strategy.readData(key)).as("none wrote later").isEqualTo(Rows.record(1, "1"));
		assertThat(table.ask("SELECT count(*) FROM " + table.name())).as("nor left a new row").isEqualTo(1);
		strategy.updateData(key, Rows.record(2, "2"));
		assertThat(strategy.readData(key)).isEqualTo(Rows.record(2, "2"));
	}

	private static Duration failing(JdbcStorageStrategy strategy, String key, Duration timeout, int turn) {
		long begin = System.nanoTime();
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> {
			if (turn % 2 == 0) {
				strategy.updateData(key, Rows.record(2, "late"));
			}
			else {
				strategy.moveData(key, Rows.record(2, "late"), Rows.newKey(), Rows.record(1, "late"));
			}
		}).withMessageContaining(timeout.toMillis() + " ms (sessionkit.timeout)");
		return Duration.ofNanos(System.nanoTime() - begin);
	}

}
