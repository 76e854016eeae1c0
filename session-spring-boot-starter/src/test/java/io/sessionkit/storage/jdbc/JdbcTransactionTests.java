package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import ch.qos.logback.classic.Level;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.Race;
import io.sessionkit.spring.app.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions know nothing of the application's transactions, and transactions of others
 * that are in the way cost them time, not a failure.
 */
class JdbcTransactionTests {

	static Stream<DataSource> dataSources() {
		DataSource plain = H2.inMemory();
		return Stream.of(plain, new TransactionAwareDataSourceProxy(plain), new LazyConnectionDataSourceProxy(plain),
				new TransactionAwareDataSourceProxy(new LazyConnectionDataSourceProxy(plain)));
	}

	@ParameterizedTest
	@MethodSource("dataSources")
	void whatTheApplicationRollsBackDoesNotTouchItsSession(DataSource dataSource) {
		Table table = Table.in(dataSource);
		JdbcStorageStrategy strategy = table.strategy(InstantSource.system());
		String key = Rows.created(strategy);
		table.run("CREATE TABLE IF NOT EXISTS orders (id INT)");
		new TransactionTemplate(new DataSourceTransactionManager(dataSource)).executeWithoutResult((transaction) -> {
			new JdbcTemplate(dataSource).update("INSERT INTO orders VALUES (1)");
			assertThat(strategy.updateData(key, Rows.record(2, "2"))).isEqualTo(UpdateOutcome.UPDATED);
			transaction.setRollbackOnly();
		});
		assertThat(table.ask("SELECT count(*) FROM orders")).isZero();
		assertThat(strategy.readData(key)).isEqualTo(Rows.record(2, "2"));
	}

	@Test
	void aPoolOfItsOwnSeesNothingOfTheTransactionEither() {
		try (HikariDataSource application = Postgres.shared().pool(1);
				SessionPoolDataSource pool = new SessionPoolDataSource(application, 1, Table.TIMEOUT)) {
			JdbcStorageStrategy strategy = Table.in(pool).strategy(InstantSource.system());
			String key = Rows.created(strategy);
			new TransactionTemplate(new DataSourceTransactionManager(application))
				.executeWithoutResult((transaction) -> {
					new JdbcTemplate(application).execute("SELECT 1");
					assertThat(strategy.updateData(key, Rows.record(2, "2"))).isEqualTo(UpdateOutcome.UPDATED);
					transaction.setRollbackOnly();
				});
			assertThat(strategy.readData(key)).isEqualTo(Rows.record(2, "2"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRANSACTION_SERIALIZABLE", "TRANSACTION_REPEATABLE_READ" })
	void serializationFailuresAreTriedAgain(String isolation) throws SQLException {
		HikariConfig config = Postgres.shared().config(10);
		config.setTransactionIsolation(isolation);
		try (HikariDataSource pool = new HikariDataSource(config);
				CapturedLog log = CapturedLog.ofSessionKit(Level.DEBUG)) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(InstantSource.system());
			String key = Rows.created(strategy);
			String newKey = Rows.newKey();
			for (Supplier<UpdateOutcome> write : List.<Supplier<UpdateOutcome>>of(
					() -> strategy.updateData(key, Rows.record(2, "2")),
					() -> strategy.moveData(key, Rows.record(3, "3"), newKey, Rows.record(1, "moved")))) {
				try (Connection other = pool.getConnection(); Statement statement = other.createStatement()) {
					other.setAutoCommit(false);
					statement.execute("UPDATE " + table.name() + " SET body = body WHERE id = '" + key + "'");
					assertThat(Race.<Object>of(2,
							(racer) -> () -> (racer == 0) ? write.get() : commitOnceSomebodyWaits(table, other)))
						.first()
						.isEqualTo(UpdateOutcome.UPDATED);
				}
			}
			assertThat(log.messages(Level.DEBUG)).as("it did happen")
				.filteredOn((message) -> message.contains("SQLState 40001"))
				.hasSizeGreaterThanOrEqualTo(2);
			assertThat(strategy.readData(newKey)).isEqualTo(Rows.record(1, "moved"));
		}
	}

	/** Where a move is two statements, the second attempt finds nothing of the first. */
	@Test
	void aMoveIsTriedAgainFromItsBeginning() throws SQLException {
		HikariConfig config = new HikariConfig();
		config.setDataSource(H2.inMemory());
		config.setConnectionInitSql("SET LOCK_TIMEOUT 50");
		try (HikariDataSource pool = new HikariDataSource(config);
				CapturedLog log = CapturedLog.ofSessionKit(Level.DEBUG);
				Connection other = pool.getConnection();
				Statement statement = other.createStatement()) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(InstantSource.system());
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
			assertThat(strategy.readAll(List.of(key, newKey))).containsOnlyKeys(key, newKey);
		}
	}

	@Test
	void aDeadlockIsTriedAgain() throws Exception {
		HikariConfig config = Postgres.shared().config(2);
		config.setConnectionInitSql("SET deadlock_timeout = '500ms'");
		try (HikariDataSource pool = new HikariDataSource(config);
				HikariDataSource others = Postgres.shared().pool(2);
				CapturedLog log = CapturedLog.ofSessionKit(Level.DEBUG)) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(InstantSource.system());
			String key = Rows.created(strategy);
			table.run("CREATE OR REPLACE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS "
					+ "$$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$");
			table.run("CREATE TRIGGER gate BEFORE UPDATE ON " + table.name() + " FOR EACH ROW EXECUTE FUNCTION gate()");
			try (Connection other = others.getConnection(); Statement statement = other.createStatement()) {
				other.setAutoCommit(false);
				statement.execute("SELECT pg_advisory_xact_lock(4711)");
				assertThat(Race.<Object>of(2,
						(racer) -> () -> (racer == 0) ? strategy.updateData(key, Rows.record(2, "2"))
								: takeTheRowToo(new Table(others, table.name()), statement, key)))
					.first()
					.isEqualTo(UpdateOutcome.UPDATED);
			}
			assertThat(log.messages(Level.DEBUG)).anyMatch((message) -> message.contains("SQLState 40P01"));
			assertThat(strategy.readData(key)).isEqualTo(Rows.record(2, "2"));
		}
	}

	private static boolean commitOnceSomebodyWaits(Table table, Connection holder) throws SQLException {
		while (table.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted") == 0) {
			Thread.onSpinWait();
		}
		holder.commit();
		return true;
	}

	/** Once somebody waits at the gate with the row in hand. */
	private static boolean takeTheRowToo(Table table, Statement holder, String key) throws SQLException {
		while (table.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 0) {
			Thread.onSpinWait();
		}
		holder.execute("UPDATE " + table.name() + " SET body = body WHERE id = '" + key + "'");
		holder.getConnection().rollback();
		return true;
	}

}
