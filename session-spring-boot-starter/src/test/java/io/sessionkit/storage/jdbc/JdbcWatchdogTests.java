package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sessionkit.SessionStorageException;
import io.sessionkit.contract.Race;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a call gives up, the server gives up too.
 */
@Tag("timing")
class JdbcWatchdogTests {

	/** A fifth of it is enough for a cancellation on a busy machine. */
	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final String NAME = "watched";

	private static HikariDataSource pool(int size) {
		HikariConfig config = Postgres.shared().config(size);
		config.setMinimumIdle(size);
		config.setConnectionTimeout(250);
		config.setValidationTimeout(250);
		config.addDataSourceProperty("ApplicationName", NAME);
		return new HikariDataSource(config);
	}

	private static long count(Statement statement, String condition) throws SQLException {
		try (ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE application_name = '"
				+ NAME + "' AND wait_event_type " + condition)) {
			row.next();
			return row.getLong(1);
		}
	}

	@Test
	void callsThatTimedOutNeitherPileUpOnTheServerNorWriteLater() throws SQLException {
		try (HikariDataSource pool = pool(5);
				Connection other = DriverManager.getConnection(Postgres.shared().url());
				Statement lock = other.createStatement();
				Connection watching = DriverManager.getConnection(Postgres.shared().url());
				Statement activity = watching.createStatement()) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(TIMEOUT, InstantSource.system());
			String key = Rows.created(table.strategy(InstantSource.system()));
			other.setAutoCommit(false);
			lock.execute("SELECT 1 FROM " + table.name() + " FOR UPDATE");
			long end = System.nanoTime() + Duration.ofMillis(2500).toNanos();
			List<Long> most = Race.of(11, (racer) -> () -> {
				long waiting = 0;
				while (System.nanoTime() < end) {
					if (racer == 0) {
						waiting = Math.max(waiting, count(activity, "= 'Lock'"));
					}
					else {
						assertThatExceptionOfType(SessionStorageException.class)
							.isThrownBy(() -> strategy.updateData(key, Rows.record(2, "late")))
							.withMessageContaining("1000 ms (sessionkit.timeout)");
					}
				}
				return waiting;
			});
			assertThat(most.get(0)).isBetween(1L, 5L);
			assertThat(count(activity, "= 'Lock'")).as("waiting still").isZero();
			other.rollback();
			assertThat(strategy.readData(key)).isEqualTo(Rows.record(1, "1"));
		}
	}

	@Test
	void theConnectionOfACancelledStatementStaysUsable() throws SQLException {
		try (HikariDataSource pool = pool(1); Connection other = DriverManager.getConnection(Postgres.shared().url())) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(TIMEOUT, InstantSource.system());
			String key = Rows.created(table.strategy(InstantSource.system()));
			long connection = table.ask("SELECT pg_backend_pid()");
			other.setAutoCommit(false);
			try (Statement lock = other.createStatement()) {
				lock.execute("SELECT 1 FROM " + table.name() + " FOR UPDATE");
				assertThatExceptionOfType(SessionStorageException.class)
					.isThrownBy(() -> strategy.updateData(key, Rows.record(2, "2")))
					.withMessageContaining("1000 ms (sessionkit.timeout)");
				other.rollback();
			}
			strategy.updateData(key, Rows.record(2, "2"));
			assertThat(strategy.readData(key)).isEqualTo(Rows.record(2, "2"));
			assertThat(table.ask("SELECT pg_backend_pid()")).isEqualTo(connection);
		}
	}

	@Test
	void ofManyCallsThatRunOutOfTimeAtOnceEachIsCancelled() throws SQLException {
		try (HikariDataSource pool = pool(30);
				Connection other = DriverManager.getConnection(Postgres.shared().url())) {
			awaitFull(pool);
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(TIMEOUT.multipliedBy(3), InstantSource.system());
			String key = Rows.created(strategy);
			other.setAutoCommit(false);
			try (Statement lock = other.createStatement()) {
				lock.execute("SELECT 1 FROM " + table.name() + " FOR UPDATE");
				Race.of(30, (racer) -> () -> assertCancelled(strategy, key));
				assertThat(count(lock, "= 'Lock'")).as("waiting still").isZero();
				other.rollback();
			}
		}
	}

	/** Which it does by itself, in the background. */
	private static void awaitFull(HikariDataSource pool) {
		long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (pool.getHikariPoolMXBean().getTotalConnections() < pool.getMaximumPoolSize()) {
			assertThat(System.nanoTime()).as("the pool fills").isLessThan(end);
			Thread.onSpinWait();
		}
	}

	/** What has waited long for its connection has little left of its time. */
	@Test
	void aCallThatGotItsConnectionLateIsCancelledToo() throws Exception {
		Duration timeout = TIMEOUT.multipliedBy(6);
		try (HikariDataSource pool = pool(2); Connection other = DriverManager.getConnection(Postgres.shared().url())) {
			Table table = Table.in(pool);
			String key = Rows.created(table.strategy(InstantSource.system()));
			DelegatingDataSource late = new DelegatingDataSource(pool) {

				@Override
				public Connection getConnection() throws SQLException {
					LockSupport.parkNanos(timeout.multipliedBy(9).dividedBy(10).toNanos());
					return super.getConnection();
				}

			};
			JdbcStorageStrategy strategy = new Table(late, table.name()).strategy(timeout, InstantSource.system());
			other.setAutoCommit(false);
			try (Statement lock = other.createStatement()) {
				lock.execute("SELECT 1 FROM " + table.name() + " FOR UPDATE");
				assertCancelled(strategy, key);
				other.rollback();
			}
		}
	}

	private static boolean assertCancelled(JdbcStorageStrategy strategy, String key) {
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> strategy.updateData(key, Rows.record(2, "2")))
			.withStackTraceContaining("canceling statement due to user request");
		return true;
	}

	@Test
	void theWatchEndsWhenNobodyCallsAndBeginsAgainWithTheNextCall() throws Exception {
		try (HikariDataSource pool = pool(1); Connection other = DriverManager.getConnection(Postgres.shared().url())) {
			Table table = Table.in(pool);
			Set<Thread> before = watchdogs();
			JdbcStorageStrategy strategy = table.strategy(TIMEOUT, InstantSource.system());
			String key = Rows.created(strategy);
			Set<Thread> watching = watchdogs();
			watching.removeAll(before);
			assertThat(watching).isNotEmpty();
			for (Thread thread : watching) {
				thread.join(TIMEOUT.multipliedBy(10).toMillis());
				assertThat(thread.isAlive()).isFalse();
			}
			other.setAutoCommit(false);
			try (Statement lock = other.createStatement()) {
				lock.execute("SELECT 1 FROM " + table.name() + " FOR UPDATE");
				assertCancelled(strategy, key);
				other.rollback();
			}
		}
	}

	private static Set<Thread> watchdogs() {
		Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
		threads.removeIf((thread) -> !thread.getName().equals("sessionkit-watchdog"));
		return threads;
	}

}
