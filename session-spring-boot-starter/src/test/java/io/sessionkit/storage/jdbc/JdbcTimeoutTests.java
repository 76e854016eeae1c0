package io.sessionkit.storage.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.sessionkit.Deadline;
import io.sessionkit.SessionStorageException;
import io.sessionkit.contract.Race;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * No call takes longer than the time-out, whatever it waits for (G12).
 */
@Tag("timing")
class JdbcTimeoutTests {

	private static final Duration TIMEOUT = Duration.ofMillis(600);

	/** What a busy machine may add; what is excluded takes 10 seconds and more. */
	private static final Duration MARGIN = Duration.ofSeconds(3);

	@TempDir
	static Path directory;

	private static Postgres postgres;

	@BeforeAll
	static void start() {
		postgres = Postgres.in(directory);
	}

	@AfterAll
	static void stop() {
		if (postgres != null) {
			postgres.close();
		}
	}

	private static SessionPoolDataSource pool(int size) {
		return new SessionPoolDataSource(postgres.config(1), size, TIMEOUT);
	}

	/** One of the application, whose own wait is short. */
	private static HikariDataSource hasty(int size) {
		HikariConfig config = postgres.config(size);
		config.setConnectionTimeout(250);
		config.setValidationTimeout(250);
		return new HikariDataSource(config);
	}

	/** With so much time that only what is to be tested runs out of it. */
	private static String created(Table table) {
		return Rows.created(table.strategy(InstantSource.system()));
	}

	/** Made with the patience of the test that uses it. */
	private static Table table(SessionPoolDataSource pool) {
		try (SessionPoolDataSource other = pool(1)) {
			return new Table(pool, Table.in(other).name());
		}
	}

	private static Connection taken(SessionPoolDataSource pool) throws SQLException {
		return pool.take(Deadline.in(Duration.ofSeconds(10)));
	}

	private static Duration failing(Runnable call) {
		long begin = System.nanoTime();
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(call::run)
			.withMessageContaining("600 ms (sessionkit.timeout)");
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	/** Of the application's own pool the caller gives up, if not the server. */
	@Test
	void aRowThatAnotherTransactionHoldsIsWaitedForUntilTheTimeoutOnAnyPool() throws SQLException {
		try (HikariDataSource pool = hasty(3)) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(TIMEOUT, InstantSource.system());
			String key = created(table);
			try (Connection other = pool.getConnection(); var statement = other.createStatement()) {
				other.setAutoCommit(false);
				statement.execute("SELECT 1 FROM " + table.name() + " FOR UPDATE");
				assertThat(failing(() -> strategy.updateData(key, Rows.record(2, "2"))))
					.isLessThan(TIMEOUT.plus(MARGIN));
				assertThat(strategy.readData(key)).as("reading needs no lock").isEqualTo(Rows.record(1, "1"));
				other.rollback();
			}
			assertThat(strategy.readData(key)).isNotNull();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aServerThatStandsStillIsWaitedForUntilTheTimeout(boolean own) throws Exception {
		try (SessionPoolDataSource sessions = pool(3); HikariDataSource application = hasty(3)) {
			Table table = Table.in(own ? sessions : application);
			JdbcStorageStrategy strategy = table.strategy(TIMEOUT, InstantSource.system());
			String key = created(table);
			postgres.freeze();
			try {
				for (int i = 0; i < 3; i++) {
					assertThat(failing(() -> strategy.readData(key))).isLessThan(TIMEOUT.plus(MARGIN));
				}
			}
			finally {
				postgres.thaw();
			}
			assertThat(working(strategy, key)).isTrue();
		}
	}

	@Test
	void aServerThatStandsStillBeforeThePoolHasStartedIsWaitedForUntilTheTimeout() throws Exception {
		try (SessionPoolDataSource started = pool(1)) {
			Table table = Table.in(started);
			String key = created(table);
			postgres.freeze();
			CompletableFuture<List<Duration>> waits;
			JdbcStorageStrategy strategy;
			SessionPoolDataSource pool = pool(5);
			try {
				strategy = new Table(pool, table.name()).strategy(TIMEOUT, InstantSource.system());
				waits = CompletableFuture
					.supplyAsync(() -> Race.of(6, (racer) -> () -> failing(() -> strategy.readData(key))));
				assertThat(waits).succeedsWithin(TIMEOUT.plus(MARGIN));
			}
			finally {
				postgres.thaw();
			}
			assertThat(working(strategy, key)).isTrue();
			pool.close();
		}
	}

	private static boolean working(JdbcStorageStrategy strategy, String key) {
		long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (System.nanoTime() < end) {
			try {
				return strategy.readData(key) != null;
			}
			catch (SessionStorageException ex) {
				Thread.onSpinWait();
			}
		}
		return false;
	}

	@Test
	void ofAPoolThatIsUsedUpAllAreRefusedInTimeAndNoConnectionIsLost() throws SQLException {
		try (SessionPoolDataSource pool = pool(2)) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(TIMEOUT, InstantSource.system());
			String key = created(table);
			try (Connection one = taken(pool); Connection two = taken(pool)) {
				assertThat(one).isNotSameAs(two);
				List<Duration> waits = Race.of(20, (racer) -> () -> failing(() -> strategy.readData(key)));
				assertThat(waits).allSatisfy((wait) -> assertThat(wait).isLessThan(TIMEOUT.plus(MARGIN)));
			}
			HikariPoolMXBean state = pool.unwrap(HikariDataSource.class).getHikariPoolMXBean();
			assertThat(state.getActiveConnections()).isZero();
			assertThat(state.getThreadsAwaitingConnection()).isZero();
			assertThat(Race.of(20, (racer) -> () -> strategy.readData(key))).doesNotContainNull();
		}
	}

	/** HikariCP waits for no less than a quarter of a second. */
	@Test
	void aTimeoutShorterThanTheShortestWaitForAConnectionStillEndsStatements() throws SQLException {
		Duration timeout = Duration.ofMillis(100);
		try (SessionPoolDataSource pool = new SessionPoolDataSource(postgres.config(1), 2, timeout);
				Connection other = taken(pool)) {
			LockedRow.assertNoWriteOutlivesItsCall(Table.in(pool), timeout, other);
		}
	}

	@Test
	void anInterruptEndsTheWaitAndLosesNoConnection() throws Exception {
		Duration timeout = Duration.ofMinutes(2);
		try (SessionPoolDataSource pool = new SessionPoolDataSource(postgres.config(1), 1, timeout)) {
			JdbcStorageStrategy strategy = table(pool).strategy(timeout, InstantSource.system());
			String key = Rows.created(strategy);
			try (Connection held = pool.getConnection()) {
				assertThat(held).isNotNull();
				Thread waiting = new Thread(() -> strategy.readData(key));
				waiting.setUncaughtExceptionHandler((thread, ex) -> {
				});
				waiting.start();
				while (waiting.getState() != Thread.State.TIMED_WAITING) {
					Thread.onSpinWait();
				}
				waiting.interrupt();
				waiting.join(10_000);
				assertThat(waiting.isAlive()).isFalse();
			}
			assertThat(strategy.readData(key)).isNotNull();
		}
	}

	@Test
	void aThreadThatIsInterruptedAlreadyLogsOutAllTheSame() {
		try (SessionPoolDataSource pool = new SessionPoolDataSource(postgres.config(1), 1, Table.TIMEOUT)) {
			JdbcStorageStrategy strategy = Table.in(pool).strategy(InstantSource.system());
			String key = Rows.created(strategy);
			Thread.currentThread().interrupt();
			try {
				strategy.deleteData(key);
			}
			finally {
				assertThat(Thread.interrupted()).as("still interrupted").isTrue();
			}
			assertThat(strategy.readData(key)).isNull();
		}
	}

}
