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

/** What becomes of updates while somebody else holds the row. */
final class LockedRow {

	/** What a busy machine may add. */
	private static final Duration MARGIN = Duration.ofSeconds(3);

	private LockedRow() {
	}

	/**
	 * Fifty updates at once, and then one after the other.
	 * @param other on which the row is locked
	 */
	static void assertNoUpdateOutlivesItsCall(Table table, Duration timeout, Connection other) throws SQLException {
		JdbcStorageStrategy strategy = table.strategy(timeout, InstantSource.system());
		String key = Rows.created(table.strategy(InstantSource.system()));
		other.setAutoCommit(false);
		try (Statement lock = other.createStatement()) {
			lock.execute("SELECT 1 FROM " + table.name() + " FOR UPDATE");
			List<Duration> waits = Race.of(50, (racer) -> () -> failing(strategy, key, timeout));
			assertThat(waits).allSatisfy((wait) -> assertThat(wait).isLessThan(timeout.plus(MARGIN)));
			for (int i = 0; i < 5; i++) {
				assertThat(failing(strategy, key, timeout)).isLessThan(timeout.plus(MARGIN));
			}
			other.rollback();
		}
		other.setAutoCommit(true);
		assertThat(strategy.readData(key)).as("none wrote later").isEqualTo(Rows.record(1, "1"));
		strategy.updateData(key, Rows.record(2, "2"));
		assertThat(strategy.readData(key)).isEqualTo(Rows.record(2, "2"));
	}

	private static Duration failing(JdbcStorageStrategy strategy, String key, Duration timeout) {
		long begin = System.nanoTime();
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> strategy.updateData(key, Rows.record(2, "late")))
			.withMessageContaining(timeout.toMillis() + " ms (sessionkit.timeout)");
		return Duration.ofNanos(System.nanoTime() - begin);
	}

}
