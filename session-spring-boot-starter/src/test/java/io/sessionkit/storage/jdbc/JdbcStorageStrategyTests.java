package io.sessionkit.storage.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.Race;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The table: its name, its creation, what is in it and what is never said of it.
 */
class JdbcStorageStrategyTests {

	private static final InstantSource CLOCK = InstantSource.system();

	static Stream<DataSource> dataSources() {
		return Stream.of(H2.inMemory(), Postgres.shared().pool(10));
	}

	@ParameterizedTest
	@MethodSource("dataSources")
	void manyNodesCreateTheTableAtOnce(DataSource dataSource) {
		for (int round = 0; round < 5; round++) {
			Table table = new Table(dataSource, "together_" + round);
			Race.of(8, (node) -> () -> {
				table.strategy(CLOCK).createTable();
				return node;
			});
			assertThat(table.strategy(CLOCK).readData(Rows.newKey())).isNull();
		}
	}

	@ParameterizedTest
	@MethodSource("dataSources")
	void aTableInASchemaOfItsOwnHasItsIndexThere(DataSource dataSource) {
		new Table(dataSource, "any").run("CREATE SCHEMA app");
		Table table = new Table(dataSource, "app.sessionkit_session");
		JdbcStorageStrategy strategy = table.strategy(CLOCK);
		strategy.createTable();
		strategy.createTable();
		assertThat(strategy.readData(Rows.created(strategy))).isEqualTo(Rows.record(1, "1"));
		assertThat(table.ask("SELECT count(*) FROM information_schema.tables WHERE upper(table_schema) = 'APP'"))
			.isEqualTo(1);
		table.run("DROP INDEX app.sessionkit_session_expires");
	}

	@Test
	void aUserWhoMayCreateNothingStartsWhereTheTableIsThere() {
		Table table = Table.in(Postgres.shared().pool(1));
		table.run("DROP ROLE IF EXISTS visitor");
		table.run("CREATE ROLE visitor LOGIN");
		table.run("GRANT SELECT, INSERT, UPDATE, DELETE ON " + table.name() + " TO visitor");
		try (var pool = new com.zaxxer.hikari.HikariDataSource()) {
			pool.setJdbcUrl(Postgres.shared().url().replace("user=postgres", "user=visitor"));
			JdbcStorageStrategy strategy = new Table(pool, table.name()).strategy(CLOCK);
			strategy.createTable();
			assertThat(strategy.readData(Rows.created(strategy))).isNotNull();
			assertThatExceptionOfType(SessionStorageException.class)
				.isThrownBy(() -> new Table(pool, "another").strategy(CLOCK).createTable())
				.withMessageContaining("another could not be created by schema-postgresql.sql");
		}
	}

	@Test
	void aUserWithoutRightsIsToldInTheWordsOfTheDatabaseWhichOnes() {
		Table table = Table.in(Postgres.shared().pool(1));
		table.run("DROP ROLE IF EXISTS onlooker");
		table.run("CREATE ROLE onlooker LOGIN");
		table.run("GRANT SELECT ON " + table.name() + " TO onlooker");
		String key = Rows.created(table.strategy(CLOCK));
		try (var pool = new com.zaxxer.hikari.HikariDataSource()) {
			pool.setJdbcUrl(Postgres.shared().url().replace("user=postgres", "user=onlooker"));
			JdbcStorageStrategy strategy = new Table(pool, table.name()).strategy(CLOCK);
			assertThat(strategy.readData(key)).isNotNull();
			for (Runnable write : List.<Runnable>of(() -> strategy.updateData(key, Rows.record(2, "2")),
					() -> strategy.deleteData(key), () -> strategy.createData(Rows.newKey(), Rows.record(1, "1")),
					() -> strategy.moveData(key, Rows.record(2, "2"), Rows.newKey(), Rows.record(1, "1")))) {
				assertThatExceptionOfType(SessionStorageException.class).isThrownBy(write::run)
					.withMessageContaining("denied permission to")
					.withMessageContaining("ERROR: permission denied for table")
					.withMessageContaining("SELECT, INSERT, UPDATE and DELETE")
					.withMessageContaining(" at localhost:")
					.withMessageNotContaining(key);
			}
		}
	}

	@Test
	void aWrongUserAndADatabaseThatIsAwayAreToldApart() {
		try (var pool = new com.zaxxer.hikari.HikariDataSource()) {
			pool.setJdbcUrl(Postgres.shared().url().replace("user=postgres", "user=nobodyhere"));
			assertThatExceptionOfType(SessionStorageException.class)
				.isThrownBy(() -> new Table(pool, "any").strategy(CLOCK).readData(Rows.newKey()))
				.withMessageContaining("rejected the user or the password (FATAL: role \"nobodyhere\" does not exist)")
				.withMessageContaining("spring.datasource.username");
		}
		try (var pool = new com.zaxxer.hikari.HikariDataSource()) {
			pool.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/shop?user=me&password=hidden");
			assertThatExceptionOfType(SessionStorageException.class)
				.isThrownBy(() -> new Table(pool, "any").strategy(CLOCK).readData(Rows.newKey()))
				.withMessageContaining("no connection to the database at 127.0.0.1:1 within")
				.withMessageContaining("Connection refused")
				.withMessageNotContaining("hidden");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", textBlock = """
			jdbc:postgresql://db.example:5432/shop?user=a&password=b | ' at db.example:5432'
			jdbc:postgresql://a:b@db1.example,db2.example:5433/shop  | ' at db1.example,db2.example:5433'
			jdbc:mysql://a:b@[::1]:3306/shop                         | ' at [::1]:3306'
			jdbc:mysql://me:pa/ss@db.example/shop                    | ''
			jdbc:mysql://me:pa@ss@db.example/shop                    | ''
			jdbc:mysql://me:pa?ss@db.example/shop                    | ''
			jdbc:sqlserver://db.example:1433;password=a              | ' at db.example:1433'
			jdbc:h2:mem:shop                                         | ''
			none                                                     | ''
			""")
	void ofAUrlHostsAndPortsAreSaidAndNeverAPassword(String url, String said) {
		assertThat(DatabaseAddress.ofUrl(url)).isEqualTo(said);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a;b", "a'b", "a\"b", "1a", "a.b.c", ".a", "a.", "a-b", "sch\u00fcler",
			"a--", "a\n", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz_1234" })
	void aNameThatIsNoIdentifierIsRefused(String name) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JdbcStorageStrategy(H2.inMemory(), name, Duration.ofSeconds(1), Duration.ZERO, CLOCK))
			.withMessageContaining("The table name '" + name + "' is not valid")
			.withMessageContaining("55 characters");
	}

	@Test
	void impossibleDurationsAreRefused() {
		DataSource dataSource = H2.inMemory();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JdbcStorageStrategy(dataSource, "a", Duration.ZERO, Duration.ZERO, CLOCK));
		assertThatIllegalArgumentException().isThrownBy(
				() -> new JdbcStorageStrategy(dataSource, "a", Duration.ofSeconds(1), Duration.ofMillis(-1), CLOCK));
	}

	@ParameterizedTest
	@MethodSource("dataSources")
	void aMissingTableIsExplained(DataSource dataSource) {
		JdbcStorageStrategy strategy = new Table(dataSource, "nowhere").strategy(CLOCK);
		String key = Rows.newKey();
		for (Runnable call : List.<Runnable>of(() -> strategy.readData(key), () -> strategy.deleteData(key),
				() -> strategy.createData(key, Rows.record(1, "1")), () -> strategy.readAll(List.of(key)),
				() -> strategy.updateData(key, Rows.record(2, "2")),
				() -> strategy.moveData(key, Rows.record(2, "2"), Rows.newKey(), Rows.record(1, "1")))) {
			assertThatExceptionOfType(SessionStorageException.class).isThrownBy(call::run)
				.withMessageContaining("There is no table nowhere")
				.withMessageContaining("sessionkit.jdbc.initialize-schema")
				.withMessageContaining("schema-<database>.sql");
		}
	}

	@ParameterizedTest
	@MethodSource("dataSources")
	void aMoveToAKeyThatIsTakenFailsAndChangesNothing(DataSource dataSource) {
		JdbcStorageStrategy strategy = Table.in(dataSource).strategy(CLOCK);
		String key = Rows.created(strategy);
		String taken = Rows.created(strategy);
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> strategy.moveData(key, Rows.record(2, ""), taken, Rows.record(1, "moved")))
			.withMessageContaining("failed to move a session record (SQLState 23505")
			.withMessageNotContaining(taken);
		assertThat(strategy.readAll(List.of(key, taken)).values()).containsExactly(Rows.record(1, "1"),
				Rows.record(1, "1"));
	}

	@Test
	void aDamagedRowIsWarnedOfByTheBeginningOfItsKeyAndCanBeReplaced() {
		Table table = Table.in(H2.inMemory());
		JdbcStorageStrategy strategy = table.strategy(CLOCK);
		for (String damage : List.of("version = 0", "version = -5", "expires = -1")) {
			String key = Rows.created(strategy);
			table.run("UPDATE " + table.name() + " SET " + damage + " WHERE id = '" + key + "'");
			try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
				assertThat(strategy.readData(key)).isNull();
				assertThat(log.messages(Level.WARN)).containsExactly(
						"The session record " + key.substring(0, 8) + "... is not readable and counts as absent");
			}
			assertThat(strategy.createData(key, Rows.record(1, "new"))).as(damage).isTrue();
			assertThat(strategy.readData(key)).isEqualTo(Rows.record(1, "new"));
		}
	}

	@ParameterizedTest
	@MethodSource("dataSources")
	void whatIsRefusedNamesNeitherKeyNorValue(DataSource dataSource) {
		Table table = Table.in(dataSource);
		table.run("ALTER TABLE " + table.name() + " ADD CONSTRAINT small_" + table.name() + " CHECK (version < 5)");
		JdbcStorageStrategy strategy = table.strategy(CLOCK);
		String key = Rows.newKey();
		String marker = "v4lueOfTheUser";
		SessionStorageException failure = catchThrowableOfType(SessionStorageException.class,
				() -> strategy.createData(key, Rows.record(7, marker)));
		List<String> said = new ArrayList<>();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			said.add(cause.toString());
		}
		assertThat(said).isNotEmpty()
			.allSatisfy((message) -> assertThat(message).doesNotContain(key)
				.doesNotContainIgnoringCase(marker)
				.doesNotContain(marker.substring(0, 5)));
		assertThat(failure).hasMessageContaining("SQLState 23");
	}

	@ParameterizedTest
	@MethodSource("dataSources")
	void rawIdsAreNotInTheTableAndNothingConfidentialInTheLog(DataSource dataSource) {
		Table table = Table.in(dataSource);
		String value = "v4lueOfTheUser";
		String secret = "a secret of this test, long enough 0123456789";
		List<String> confidential = new ArrayList<>(List.of(secret));
		List<String> log = new ArrayList<>();
		try (CapturedLog captured = CapturedLog.ofSessionKit(Level.TRACE)) {
			SessionStorage storage = SessionStorage.of(SessionCookie.builder("__session").signedWith(secret).build(),
					table.strategy(CLOCK));
			Browser browser = new Browser(storage);
			browser.visit((session) -> session.set("name", value));
			remember(browser, confidential);
			browser.visit(Session::regenerateId);
			remember(browser, confidential);
			table.run("ALTER TABLE " + table.name() + " RENAME TO away_" + table.name());
			assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> browser.get("name"));
			table.run("ALTER TABLE away_" + table.name() + " RENAME TO " + table.name());
			captured.events()
				.forEach((event) -> log.add(event.getFormattedMessage() + ((event.getThrowableProxy() != null)
						? ThrowableProxyUtil.asString(event.getThrowableProxy()) : "")));
		}
		List<String> stored = table.dump()
			.stream()
			.map((column) -> new String(column, StandardCharsets.ISO_8859_1))
			.toList();
		assertThat(stored).hasSize(8).anySatisfy((column) -> assertThat(column).contains(value));
		assertThat(stored).allSatisfy((column) -> assertThat(column).doesNotContain(confidential));
		confidential.add(value);
		assertThat(log).allSatisfy((line) -> assertThat(line).doesNotContain(confidential));
	}

	private static void remember(Browser browser, List<String> confidential) {
		confidential.add(browser.open().id());
		confidential.add(browser.header().substring("__session=".length()));
	}

}
