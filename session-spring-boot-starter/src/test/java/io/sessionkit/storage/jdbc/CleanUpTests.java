package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import ch.qos.logback.classic.Level;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.Race;
import io.sessionkit.spring.app.CapturedLog;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Expired rows go, a batch at a time, and nobody notices.
 */
@Tag("timing")
class CleanUpTests {

	private static final int EXPIRED = 5000;

	private static final InstantSource CLOCK = InstantSource.system();

	/** Three databases with different ways; MariaDB has a test class of its own. */
	static Stream<DataSource> dataSources() {
		return Stream.of(H2.inMemory(), Postgres.shared().pool(10));
	}

	private static Table filled(DataSource dataSource) {
		Table table = Table.in(dataSource);
		table.fill(EXPIRED, "expired", CLOCK.millis() - 1);
		return table;
	}

	private static long count(Table table) {
		return table.ask("SELECT count(*) FROM " + table.name());
	}

	@ParameterizedTest
	@MethodSource("dataSources")
	void expiredRowsGoAndOthersStay(DataSource dataSource) throws SQLException {
		Table table = filled(dataSource);
		table.fill(10, "live", CLOCK.millis() + 3_600_000);
		try (JdbcStorageStrategy strategy = table.strategy(CLOCK)) {
			assertThat(strategy.cleanUp().run(500)).isEqualTo(EXPIRED);
			assertThat(count(table)).isEqualTo(10);
			assertThat(strategy.cleanUp().run()).isZero();
		}
	}

	@ParameterizedTest
	@MethodSource("dataSources")
	void noRequestFailsMeanwhile(DataSource dataSource) {
		Table table = filled(dataSource);
		JdbcStorageStrategy strategy = table.strategy(CLOCK);
		AtomicBoolean cleaned = new AtomicBoolean();
		List<Integer> results = Race.of(5, (racer) -> () -> {
			if (racer == 0) {
				try {
					return strategy.cleanUp().run(500);
				}
				finally {
					cleaned.set(true);
				}
			}
			return live(strategy, cleaned);
		});
		assertThat(results.get(0)).isEqualTo(EXPIRED);
		assertThat(results).allMatch((sessions) -> sessions > 0);
		assertThat(count(table)).as("the live ones").isEqualTo(results.stream().skip(1).mapToInt((live) -> live).sum());
	}

	/** The life of a session, again and again, with a last one. */
	private static int live(JdbcStorageStrategy strategy, AtomicBoolean end) {
		int sessions = 0;
		do {
			String key = Rows.created(strategy);
			String other = Rows.created(strategy);
			assertThat(strategy.updateData(key, Rows.record(2, "2"))).isEqualTo(UpdateOutcome.UPDATED);
			assertThat(strategy.readData(key)).isNotNull();
			strategy.deleteData(other);
			sessions++;
		}
		while (!end.get());
		return sessions;
	}

	@ParameterizedTest
	@MethodSource("dataSources")
	void twoNodesCleanAtOnceAndNothingIsCountedTwice(DataSource dataSource) {
		Table table = filled(dataSource);
		List<Callable<Integer>> nodes = IntStream.range(0, 2)
			.mapToObj((node) -> (Callable<Integer>) () -> table.strategy(CLOCK).cleanUp().run(500))
			.toList();
		try (Race race = new Race(2)) {
			List<Integer> removed = race.run(nodes);
			assertThat(removed.get(0) + removed.get(1)).isEqualTo(EXPIRED);
		}
		assertThat(count(table)).isZero();
	}

	@ParameterizedTest
	@MethodSource("dataSources")
	void aRowThatIsRenewedAtThisMomentStays(DataSource dataSource) throws SQLException {
		Table table = Table.in(dataSource);
		table.fill(3, "expired", CLOCK.millis() - 1);
		try (JdbcStorageStrategy strategy = table.strategy(CLOCK);
				Connection renewing = dataSource.getConnection();
				Statement statement = renewing.createStatement()) {
			renewing.setAutoCommit(false);
			statement.executeUpdate("UPDATE " + table.name() + " SET expires = " + (CLOCK.millis() + 3_600_000)
					+ " WHERE id = 'expired1'");
			Race.of(2, (racer) -> () -> {
				if (racer == 0) {
					return strategy.cleanUp().run();
				}
				renewing.commit();
				return 0;
			});
			strategy.cleanUp().run();
			assertThat(table.ask("SELECT count(*) FROM " + table.name() + " WHERE id = 'expired1'")).isEqualTo(1);
			assertThat(count(table)).isEqualTo(1);
		}
	}

	@Test
	void theThreadOfTheStrategyCleansEveryNowAndThenUntilItIsClosed() {
		DataSource dataSource = H2.inMemory();
		Table table = filled(dataSource);
		JdbcStorageStrategy strategy = new JdbcStorageStrategy(dataSource, table.name(), Duration.ofSeconds(10),
				Duration.ofMillis(20), CLOCK);
		until(() -> count(table) == 0);
		table.fill(1, "later", CLOCK.millis() - 1);
		until(() -> count(table) == 0);
		strategy.close();
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.doesNotContain("sessionkit-clean-up");
	}

	@Test
	void aCleanUpThatFailsIsWarnedOfAndTriedAgain() {
		DataSource dataSource = H2.inMemory();
		Table table = new Table(dataSource, "late_table");
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN);
				JdbcStorageStrategy strategy = new JdbcStorageStrategy(dataSource, table.name(), Duration.ofSeconds(10),
						Duration.ofMillis(20), CLOCK)) {
			until(() -> !log.messages(Level.WARN).isEmpty());
			assertThat(log.messages(Level.WARN)).first()
				.asString()
				.startsWith("Expired sessions could not be removed")
				.contains("SQLState 42S0");
			strategy.createTable();
			table.fill(1, "expired", Instant.now().toEpochMilli() - 1);
			until(() -> count(table) == 0);
		}
	}

	@Test
	void aLockThatTheDatabaseNoLongerWaitsForIsTriedAgainAtOnce() throws SQLException {
		DataSource dataSource = JdbcConnectionPool
			.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=500", "sa", "");
		Table table = Table.in(dataSource);
		table.fill(3, "expired", CLOCK.millis() - 1);
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.DEBUG);
				JdbcStorageStrategy strategy = table.strategy(CLOCK);
				Connection other = dataSource.getConnection();
				Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("UPDATE " + table.name() + " SET body = body");
			assertThat(Race.of(2, (racer) -> () -> {
				if (racer == 0) {
					return strategy.cleanUp().run();
				}
				until(() -> log.messages(Level.DEBUG)
					.stream()
					.anyMatch((message) -> message.contains("Trying again after attempt 1")));
				other.commit();
				return 0;
			})).first().isEqualTo(3);
		}
	}

	@Test
	void withoutAnIntervalNobodyCleans() {
		Table table = filled(H2.inMemory());
		try (JdbcStorageStrategy strategy = table.strategy(CLOCK)) {
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.doesNotContain("sessionkit-clean-up");
			assertThatCode(() -> Rows.created(strategy)).doesNotThrowAnyException();
			assertThat(count(table)).isEqualTo(EXPIRED + 1);
		}
	}

	private static void until(BooleanSupplier condition) {
		long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("20 seconds have passed").isLessThan(end);
			Thread.onSpinWait();
		}
	}

}
