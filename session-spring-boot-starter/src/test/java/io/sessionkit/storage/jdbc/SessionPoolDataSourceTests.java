package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sessionkit.Deadline;
import io.sessionkit.SessionStorageException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a call gives up, the server gives up too, on connections that are those of
 * sessions alone.
 */
@Tag("timing")
class SessionPoolDataSourceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static SessionPoolDataSource postgres(int size) {
		return new SessionPoolDataSource(Postgres.shared().config(1), size, TIMEOUT);
	}

	static Stream<SessionPoolDataSource> pools() {
		return Stream.of(H2.sessionPool(5, TIMEOUT), postgres(5));
	}

	private static String setting(SessionPoolDataSource pool, String name) throws SQLException {
		try (Connection connection = pool.take(Deadline.in(Duration.ofSeconds(10)))) {
			return setting(connection, name);
		}
	}

	private static String setting(Connection connection, String name) throws SQLException {
		try (Statement show = connection.createStatement(); ResultSet row = show.executeQuery("SHOW " + name)) {
			row.next();
			return row.getString(1);
		}
	}

	@ParameterizedTest
	@MethodSource("pools")
	void writesOfALockedRowEndInTimeAndNoneWritesLater(SessionPoolDataSource pool) throws SQLException {
		try (pool; Connection other = pool.take(Deadline.in(Duration.ofSeconds(10)))) {
			LockedRow.assertNoWriteOutlivesItsCall(Table.in(pool), TIMEOUT, other);
		}
	}

	@Test
	void theConnectionOfAStatementThatTheServerEndedStaysUsable() throws SQLException {
		try (SessionPoolDataSource pool = postgres(1);
				Connection other = DriverManager.getConnection(Postgres.shared().url())) {
			Table table = Table.in(pool);
			JdbcStorageStrategy strategy = table.strategy(TIMEOUT, InstantSource.system());
			String key = Rows.created(strategy);
			long connection = table.ask("SELECT pg_backend_pid()");
			other.setAutoCommit(false);
			try (Statement lock = other.createStatement()) {
				lock.execute("SELECT 1 FROM " + table.name() + " FOR UPDATE");
				assertThatExceptionOfType(SessionStorageException.class)
					.isThrownBy(() -> strategy.updateData(key, Rows.record(2, "2")))
					.withStackTraceContaining("canceling statement due to statement timeout");
			}
			assertThat(table.ask("SELECT pg_backend_pid()")).isEqualTo(connection);
		}
	}

	/** The server would not have ended it when its caller goes. */
	@Test
	void aWriteWithLittleTimeLeftIsNotBegunAndAReadIs() throws SQLException {
		try (SessionPoolDataSource pool = postgres(1);
				Connection connection = pool.take(Deadline.in(Duration.ofSeconds(10)))) {
			assertThat(pool.leastForWrite()).isEqualTo(Duration.ofMillis(600));
			Database.Call late = new Database.Call(connection, Deadline.in(Duration.ofMillis(599)),
					pool.leastForWrite());
			assertThatExceptionOfType(SQLTimeoutException.class).isThrownBy(() -> late.write("SELECT 1"));
			assertThatCode(() -> late.read("SELECT 1").close()).doesNotThrowAnyException();
			Database.Call inTime = new Database.Call(connection, Deadline.in(Duration.ofMinutes(1)),
					pool.leastForWrite());
			assertThatCode(() -> inTime.write("SELECT 1").close()).doesNotThrowAnyException();
		}
	}

	@Test
	void theCleanUpHasALimitOfItsOwnAndLeavesThatOfRequests() throws SQLException {
		try (SessionPoolDataSource pool = postgres(1)) {
			assertThat(setting(pool, "statement_timeout")).isEqualTo("500ms");
			Database database = new Database(pool, new SessionTable("any"), TIMEOUT);
			String meanwhile = database.within(Duration.ofSeconds(10),
					(connection) -> setting(connection, "statement_timeout"));
			assertThat(meanwhile).isEqualTo("10s");
			assertThat(setting(pool, "statement_timeout")).isEqualTo("500ms");
		}
	}

	@Test
	void thePoolOfTheApplicationKeepsItsConnectionsAndGivesItsSettings() throws SQLException {
		HikariConfig config = Postgres.shared().config(1);
		config.setConnectionInitSql("SET work_mem = '5MB'");
		config.setSchema("pg_temp");
		config.addDataSourceProperty("ApplicationName", "shop");
		config.setAutoCommit(false);
		config.setReadOnly(true);
		config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
		try (HikariDataSource application = new HikariDataSource(config);
				Connection held = application.getConnection();
				SessionPoolDataSource pool = new SessionPoolDataSource(application, 1, TIMEOUT)) {
			assertThat(held.getAutoCommit()).isFalse();
			assertThat(setting(pool, "work_mem")).isEqualTo("5MB");
			assertThat(setting(pool, "application_name")).isEqualTo("shop");
			assertThat(setting(pool, "search_path")).contains("pg_temp");
			assertThat(setting(pool, "transaction_isolation")).isEqualTo("read committed");
			assertThat(setting(pool, "transaction_read_only")).isEqualTo("off");
			assertThat(setting(held, "statement_timeout")).isEqualTo("0");
		}
	}

	@Test
	void aPoolAroundADataSourceOrTheClassOfOneLeadsThereToo() throws SQLException {
		PGSimpleDataSource source = new PGSimpleDataSource();
		source.setUrl(Postgres.shared().url());
		HikariConfig around = new HikariConfig();
		around.setDataSource(source);
		HikariConfig ofClass = new HikariConfig();
		ofClass.setDataSourceClassName(PGSimpleDataSource.class.getName());
		ofClass.addDataSourceProperty("url", Postgres.shared().url());
		for (HikariConfig config : new HikariConfig[] { around, ofClass }) {
			try (SessionPoolDataSource pool = new SessionPoolDataSource(config, 1, TIMEOUT)) {
				assertThat(setting(pool, "statement_timeout")).isEqualTo("500ms");
			}
		}
	}

	@Test
	void thePasswordIsAskedForWithEachConnection() throws SQLException {
		String[] user = { "nobodyhere" };
		HikariConfig config = new HikariConfig() {

			@Override
			public String getUsername() {
				return user[0];
			}

		};
		config.setJdbcUrl(Postgres.shared().url().replaceAll("\\?.*", ""));
		try (SessionPoolDataSource pool = new SessionPoolDataSource(config, 1, TIMEOUT)) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> pool.take(Deadline.in(Duration.ofSeconds(10))))
				.withStackTraceContaining("nobodyhere");
			user[0] = "postgres";
			await(pool);
		}
	}

	/** It tries by itself, less and less often, up to five seconds. */
	private static void await(SessionPoolDataSource pool) throws SQLException {
		long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (true) {
			try (Connection connection = pool.getConnection()) {
				assertThat(connection.isValid(1)).isTrue();
				return;
			}
			catch (SQLException ex) {
				assertThat(System.nanoTime()).as("10 seconds have passed").isLessThan(end);
			}
		}
	}

	/** Which HikariCP sets to one second by the wait of this pool. */
	@Test
	void theLoginTimeoutOfTheJvmIsLeftToTheApplication() {
		int before = DriverManager.getLoginTimeout();
		try (HikariDataSource application = Postgres.shared().pool(1)) {
			assertThat(application.isRunning()).isTrue();
			DriverManager.setLoginTimeout(17);
			postgres(1).close();
			assertThat(DriverManager.getLoginTimeout()).isEqualTo(17);
			DriverManager.setLoginTimeout(0);
			postgres(1).close();
			assertThat(DriverManager.getLoginTimeout()).as("no connection hangs for ever").isEqualTo(30);
		}
		finally {
			DriverManager.setLoginTimeout(before);
		}
	}

	@Test
	void aStrategyWithLessTimeThanItsPoolIsRefusedSinceItCouldNeverWrite() {
		try (SessionPoolDataSource pool = postgres(1)) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> new Table(pool, "late").strategy(Duration.ofMillis(999), InstantSource.system()))
				.withMessage("The timeout of the pool is PT1S, it must not be longer than that of the strategy, "
						+ "PT0.999S");
		}
	}

	@Test
	void settingsThatLeadNowhereAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SessionPoolDataSource(new HikariConfig(), 1, TIMEOUT));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SessionPoolDataSource(Postgres.shared().config(1), 0, TIMEOUT));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SessionPoolDataSource(Postgres.shared().config(1), 1, Duration.ZERO));
	}

}
