package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.Race;
import io.sessionkit.spring.app.CapturedLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What MariaDB does in its own way: lock waits, outdated snapshots, gap locks, time-outs.
 */
@Tag("timing")
class MariaDbTransactionTests {

	private static final InstantSource CLOCK = InstantSource.system();

	@Test
	void aLockThatTheServerNoLongerWaitsForIsTriedAgain() throws SQLException {
		HikariConfig config = MariaDb.shared().config(3);
		config.setConnectionInitSql("SET SESSION innodb_lock_wait_timeout = 1");
		try (HikariDataSource pool = new HikariDataSource(config);
				CapturedLog log = CapturedLog.ofSessionKit(Level.DEBUG);
				Connection other = pool.getConnection();
				Statement statement = other.createStatement()) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(CLOCK);
			String key = Rows.created(strategy);
			String newKey = Rows.newKey();
			other.setAutoCommit(false);
			statement.execute("SELECT 1 FROM " + table.name() + " WHERE id = '" + key + "' FOR UPDATE");
			assertThat(Race.<Object>of(2, (racer) -> () -> {
				if (racer == 0) {
					return strategy.moveData(key, Rows.record(2, "2"), newKey, Rows.record(1, "moved"));
				}
				while (log.messages(Level.DEBUG).stream().noneMatch((message) -> message.contains("Trying again"))) {
					Thread.onSpinWait();
				}
				other.commit();
				return true;
			})).first().isEqualTo(UpdateOutcome.UPDATED);
			assertThat(strategy.readData(key)).isEqualTo(Rows.record(2, "2"));
			assertThat(strategy.readData(newKey)).isEqualTo(Rows.record(1, "moved"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET SESSION innodb_snapshot_isolation = ON, transaction_isolation = 'REPEATABLE-READ'",
			"SET SESSION transaction_isolation = 'SERIALIZABLE'" })
	void whateverTheIsolationOfManyWritersOneWinsAndNoneFails(String settings) {
		HikariConfig config = MariaDb.shared().config(10);
		config.setConnectionInitSql(settings);
		try (HikariDataSource pool = new HikariDataSource(config)) {
			JdbcStorageStrategy strategy = Table.in(pool).strategy(CLOCK);
			String key = Rows.created(strategy);
			for (int version = 2; version <= 20; version++) {
				long next = version;
				assertThat(Race.of(10, (writer) -> () -> strategy.updateData(key, Rows.record(next, "by " + writer))))
					.containsOnlyOnce(UpdateOutcome.UPDATED)
					.containsOnly(UpdateOutcome.UPDATED, UpdateOutcome.CONFLICT);
			}
		}
	}

	@Test
	void aRowThatAnotherTransactionHoldsIsWaitedForUntilTheServerEndsTheStatement() throws SQLException {
		Duration timeout = Duration.ofSeconds(1);
		try (SessionPoolDataSource pool = new SessionPoolDataSource(MariaDb.shared().config(1), 5, timeout);
				Connection other = pool.getConnection()) {
			LockedRow.assertNoWriteOutlivesItsCall(Table.in(pool), timeout, other);
		}
	}

	/** The driver of MySQL may find a MariaDB, and then there is more than whole seconds. */
	@Test
	void whatLimitsMySqlIsUnderstoodHereToo() throws SQLException {
		try (HikariDataSource pool = MariaDb.shared().pool(1)) {
			Table table = new Table(pool, "any");
			table.run(Dialect.MYSQL.limit(Duration.ofMillis(250)));
			assertThat(table.ask("SELECT @@innodb_lock_wait_timeout")).isEqualTo(1);
			assertThat(table.ask("SELECT 1000 * @@max_statement_time")).isEqualTo(250);
		}
	}

	/** Auto-commit is asked of the server here, before the first statement. */
	@Test
	void aServerThatStandsStillIsWaitedForUntilTheTimeoutAlsoWithoutAutoCommit() throws Exception {
		HikariConfig config = MariaDb.shared().config(2);
		config.setAutoCommit(false);
		config.setConnectionTimeout(250);
		config.setValidationTimeout(250);
		try (HikariDataSource pool = new HikariDataSource(config)) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(Duration.ofMillis(600), CLOCK);
			String key = Rows.created(table.strategy(CLOCK));
			assertThat(strategy.readData(key)).isNotNull();
			MariaDb.freeze();
			CompletableFuture<SessionRecord> read;
			try {
				read = CompletableFuture.supplyAsync(() -> strategy.readData(key));
				assertThat(read).failsWithin(Duration.ofSeconds(4))
					.withThrowableThat()
					.withMessageContaining("600 ms (sessionkit.timeout)");
			}
			finally {
				MariaDb.thaw();
			}
			assertThat(table.strategy(CLOCK).readData(key)).isNotNull();
			try (Connection connection = pool.getConnection()) {
				assertThat(connection.getAutoCommit()).as("as it was").isFalse();
				assertThat(connection.getNetworkTimeout()).isZero();
			}
		}
	}

	@Test
	void aRequestCostsOneStatementAStep() throws SQLException {
		try (HikariDataSource pool = MariaDb.shared().pool(1)) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(CLOCK);
			String key = Rows.created(strategy);
			long before = questions(table);
			long asking = questions(table) - before;
			strategy.readData(key);
			strategy.updateData(key, Rows.record(2, "2"));
			strategy.moveData(key, Rows.record(3, "3"), Rows.newKey(), Rows.record(1, "moved"));
			strategy.deleteData(key);
			assertThat(questions(table) - before - 2 * asking).as("two of them to move").isEqualTo(5);
		}
	}

	/** What the server was asked on this connection, of whatever kind. */
	private static long questions(Table table) {
		return table.ask("SELECT variable_value FROM information_schema.session_status "
				+ "WHERE variable_name = 'QUESTIONS'");
	}

	@Test
	void twoNodesCleanUpWhileRequestsGoOnAndNoneFails() {
		try (HikariDataSource pool = MariaDb.shared().pool(10)) {
			Table table = Table.in(pool);
			table.fill(5000, "expired", CLOCK.millis() - 1);
			JdbcStorageStrategy strategy = table.strategy(CLOCK);
			List<Integer> results = Race.of(6, (racer) -> () -> {
				if (racer < 2) {
					return table.strategy(CLOCK).cleanUp().run(500);
				}
				for (int i = 0; i < 200; i++) {
					String key = Rows.created(strategy);
					assertThat(strategy.updateData(key, Rows.record(2, "2"))).isEqualTo(UpdateOutcome.UPDATED);
					strategy.deleteData(key);
				}
				return 0;
			});
			assertThat(results.get(0) + results.get(1)).isEqualTo(5000);
			assertThat(table.ask("SELECT count(*) FROM " + table.name())).isZero();
		}
	}

}
