package io.sessionkit.storage.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.sessionkit.SessionStorageException;
import io.sessionkit.contract.Race;
import io.sessionkit.spring.app.CapturedLog;
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

	/** With 250 it is asked by the threads of the requests themselves. */
	private static HikariDataSource pool(int size, int connectionTimeout) {
		HikariConfig config = postgres.config(size);
		config.setConnectionTimeout(connectionTimeout);
		config.setValidationTimeout(250);
		return new HikariDataSource(config);
	}

	private static Duration failing(Runnable call) {
		long begin = System.nanoTime();
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(call::run)
			.withMessageContaining("600 ms (sessionkit.timeout)");
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	@Test
	void aRowThatAnotherTransactionHoldsIsWaitedForUntilTheTimeout() throws SQLException {
		try (HikariDataSource pool = pool(3, 5000)) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(TIMEOUT, InstantSource.system());
			String key = Rows.created(strategy);
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
	@ValueSource(ints = { 250, 30_000 })
	void aServerThatStandsStillIsWaitedForUntilTheTimeout(int connectionTimeout) throws Exception {
		try (HikariDataSource pool = pool(3, connectionTimeout)) {
			JdbcStorageStrategy strategy = Table.in(pool).strategy(TIMEOUT, InstantSource.system());
			String key = Rows.created(strategy);
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

	/** HikariCP starts a pool in its first call, which its own time-outs do not bound. */
	@Test
	void aServerThatStandsStillBeforeThePoolHasStartedIsWaitedForUntilTheTimeout() throws Exception {
		try (HikariDataSource started = pool(1, 5000); HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(postgres.url());
			pool.setConnectionTimeout(250);
			pool.setValidationTimeout(250);
			Table table = Table.in(started);
			String key = Rows.created(table.strategy(InstantSource.system()));
			JdbcStorageStrategy strategy = new Table(pool, table.name()).strategy(TIMEOUT, InstantSource.system());
			postgres.freeze();
			CompletableFuture<List<Duration>> waits;
			try {
				waits = CompletableFuture
					.supplyAsync(() -> Race.of(6, (racer) -> () -> failing(() -> strategy.readData(key))));
				assertThat(waits).succeedsWithin(TIMEOUT.plus(MARGIN));
			}
			finally {
				postgres.thaw();
			}
			assertThat(working(strategy, key)).isTrue();
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
		try (HikariDataSource pool = pool(2, 30_000)) {
			JdbcStorageStrategy strategy = Table.in(pool).strategy(TIMEOUT, InstantSource.system());
			String key = Rows.created(strategy);
			try (Connection one = pool.getConnection(); Connection two = pool.getConnection()) {
				assertThat(one).isNotSameAs(two);
				List<Duration> waits = Race.of(20, (racer) -> () -> failing(() -> strategy.readData(key)));
				assertThat(waits).allSatisfy((wait) -> assertThat(wait).isLessThan(TIMEOUT.plus(MARGIN)));
			}
			assertThat(strategy.readData(key)).isNotNull();
			long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
			HikariPoolMXBean state = pool.getHikariPoolMXBean();
			while (state.getActiveConnections() + state.getThreadsAwaitingConnection() > 0 && System.nanoTime() < end) {
				Thread.onSpinWait();
			}
			assertThat(state.getActiveConnections()).as("came too late, and went back").isZero();
			assertThat(state.getThreadsAwaitingConnection()).isZero();
			assertThat(Race.of(20, (racer) -> () -> strategy.readData(key))).doesNotContainNull();
		}
	}

	@Test
	void anInterruptEndsTheWaitAndLosesNoConnection() throws Exception {
		try (HikariDataSource pool = pool(1, 30_000)) {
			JdbcStorageStrategy strategy = Table.in(pool).strategy(Duration.ofMinutes(1), InstantSource.system());
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

	@ParameterizedTest
	@ValueSource(ints = { 250, 30_000 })
	void aThreadThatIsInterruptedAlreadyLogsOutAllTheSame(int connectionTimeout) {
		try (HikariDataSource pool = pool(1, connectionTimeout)) {
			JdbcStorageStrategy strategy = Table.in(pool).strategy(Duration.ofSeconds(10), InstantSource.system());
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

	@Test
	void aPoolThatWaitsLongerThanSessionsIsWarnedOfWithBothNumbers() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN);
				HikariDataSource patient = pool(1, 30_000);
				HikariDataSource hasty = pool(1, 250)) {
			new Table(hasty, "any").strategy(TIMEOUT, InstantSource.system()).close();
			assertThat(log.messages(Level.WARN)).isEmpty();
			new Table(patient, "any").strategy(TIMEOUT, InstantSource.system()).close();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("30000 ms", "600 ms (sessionkit.timeout)", "@SessionDataSource", "300 ms");
		}
	}

}
