package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many statements a request costs, as PostgreSQL counts them itself (G2). It counts
 * BEGIN, COMMIT and SET too.
 */
class JdbcBudgetTests {

	private static final String[] NOTHING = {};

	private final MutableClock clock = new MutableClock();

	private final SessionPoolDataSource pool = Postgres.shared().sessionPool(1);

	private final HikariDataSource counter = Postgres.shared().pool(1);

	private final Table table = Table.in(this.pool);

	private final SessionCookie cookie = SessionCookie.builder("__session")
		.signedWith("a secret of the budget, long enough")
		.clock(this.clock)
		.build();

	@AfterEach
	void close() {
		this.pool.close();
		this.counter.close();
	}

	private SessionStorage storage() {
		return SessionStorage.builder(this.cookie, this.table.strategy(this.clock))
			.clock(this.clock)
			.idleTimeout(Duration.ofSeconds(1000))
			.build();
	}

	private Browser visitor() throws SQLException {
		Browser browser = new Browser(storage());
		browser.visit((session) -> session.set("a", 1));
		startToCount();
		return browser;
	}

	private void startToCount() throws SQLException {
		try (Connection connection = this.counter.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
			statement.execute("SELECT pg_stat_statements_reset()");
		}
	}

	/** The first words of what the server was asked since, the same words in a row. */
	private List<String> statements() throws SQLException {
		List<String> statements = new ArrayList<>();
		try (Connection connection = this.counter.getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT split_part(query, ' ', 1), calls "
						+ "FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%' ORDER BY 1")) {
			while (rows.next()) {
				for (int call = 0; call < rows.getInt(2); call++) {
					statements.add(rows.getString(1));
				}
			}
		}
		return statements;
	}

	@Test
	void aRequestThatNeverUsesItsSessionAsksNothing() throws SQLException {
		Browser browser = visitor();
		browser.visit((session) -> {
		});
		assertThat(statements()).isEmpty();
	}

	@Test
	void readingIsOneStatementHoweverOften() throws SQLException {
		Browser browser = visitor();
		browser.visit((session) -> session.get("a"));
		assertThat(statements()).containsExactly("SELECT");
		startToCount();
		for (int i = 0; i < 20; i++) {
			browser.visit((session) -> session.get("a"));
		}
		assertThat(statements()).hasSize(20).containsOnly("SELECT");
	}

	@Test
	void aRenewalIsOneWriteATenthOfTheLife() throws SQLException {
		Browser browser = visitor();
		this.clock.advance(Duration.ofSeconds(99));
		browser.get("a");
		assertThat(statements()).containsExactly("SELECT");
		this.clock.advance(Duration.ofSeconds(1));
		browser.get("a");
		browser.get("a");
		assertThat(statements()).containsExactly("SELECT", "SELECT", "SELECT", "UPDATE");
	}

	@Test
	void writingIsTwoStatements() throws SQLException {
		Browser browser = visitor();
		browser.visit((session) -> session.set("a", 2));
		assertThat(statements()).containsExactly("SELECT", "UPDATE");
	}

	@Test
	void aNewSessionIsOneStatement() throws SQLException {
		Browser browser = new Browser(storage());
		browser.visit((session) -> session.set("a", 1));
		startToCount();
		new Browser(storage()).visit((session) -> session.set("a", 1));
		assertThat(statements()).containsExactly("INSERT");
	}

	@ParameterizedTest
	@ValueSource(strings = { "i1.forged", "", "i1.AAAA", "s1.AAAA", "x" })
	void aForgedCookieAsksNothing(String value) throws SQLException {
		SessionStorage storage = storage();
		startToCount();
		assertThat(storage.getSession("__session=" + value).get("a")).isNull();
		assertThat(statements()).containsExactly(NOTHING);
	}

	@Test
	void endingIsTwoStatementsAtMost() throws SQLException {
		Browser browser = visitor();
		browser.visit(Session::destroy);
		assertThat(statements()).containsExactly("SELECT", "UPDATE");
	}

	@Test
	void aNewIdIsTwoStatements() throws SQLException {
		Browser browser = visitor();
		browser.visit(Session::regenerateId);
		assertThat(statements()).containsExactly("SELECT", "WITH");
	}

	@Test
	void aConflictIsTwoStatementsMore() throws SQLException {
		for (Consumer<Session> change : List.<Consumer<Session>>of((session) -> session.set("b", 1),
				Session::regenerateId, Session::destroy)) {
			Browser browser = visitor();
			Session slow = browser.open();
			slow.get("a");
			browser.copy().visit((session) -> session.set("a", 2));
			startToCount();
			change.accept(slow);
			browser.close(slow);
			assertThat(statements()).hasSize(1 + 2).contains("SELECT");
		}
	}

	@Test
	void aLoginIsFourStatementsAndALogoutTwo() throws SQLException {
		logIn(new Browser(storage()));
		Browser browser = visitor();
		logIn(browser);
		assertThat(statements()).containsExactly("SELECT", "SELECT", "UPDATE", "WITH");
		startToCount();
		browser.visit(Session::destroy);
		assertThat(statements()).containsExactly("SELECT", "UPDATE");
	}

	private static void logIn(Browser browser) {
		browser.visit((session) -> {
			session.regenerateId();
			session.subject("42");
		});
	}

	@Test
	void aListOfUpToAHundredSessionsIsTwoStatements() throws SQLException {
		SessionStorage storage = storage();
		for (int i = 0; i < 100; i++) {
			logIn(new Browser(storage));
		}
		startToCount();
		assertThat(new SubjectSessions(storage).list("42")).hasSize(100);
		assertThat(statements()).containsExactly("SELECT", "SELECT");
	}

	@Test
	void aPoolWithoutAutoCommitCostsNothingMore() throws SQLException {
		HikariConfig config = Postgres.shared().config(1);
		config.setAutoCommit(false);
		try (HikariDataSource manual = new HikariDataSource(config)) {
			JdbcStorageStrategy strategy = new Table(manual, this.table.name()).strategy(this.clock);
			String key = Rows.created(strategy);
			startToCount();
			assertThat(strategy.readData(key)).isNotNull();
			strategy.updateData(key, Rows.record(2, "2"));
			assertThat(statements()).containsExactly("SELECT", "UPDATE");
			assertThat(this.table.strategy(this.clock).readData(key)).as("seen by others")
				.isEqualTo(Rows.record(2, "2"));
			try (Connection connection = manual.getConnection()) {
				assertThat(connection.getAutoCommit()).as("as it was").isFalse();
			}
		}
	}

	@Test
	void theServerFindsRowsByTheirPrimaryKey() throws SQLException {
		this.table.fill(2000, "row", 1);
		this.table.run("ANALYZE " + this.table.name());
		long before = scans("seq_scan");
		JdbcStorageStrategy strategy = this.table.strategy(this.clock);
		for (int i = 0; i < 10; i++) {
			String key = Rows.created(strategy);
			strategy.readData(key);
			strategy.updateData(key, Rows.record(2, "2"));
			strategy.updateData(key, Rows.record(2, "late"));
			strategy.createData(key, Rows.record(1, "taken"));
			strategy.moveData(key, Rows.record(3, "left"), Rows.newKey(), Rows.record(1, "moved"));
			strategy.readAll(List.of(key, "row1", "row2"));
			strategy.deleteData(key);
		}
		assertThat(scans("idx_scan")).isGreaterThanOrEqualTo(70);
		assertThat(scans("seq_scan")).isEqualTo(before);
	}

	/** The server publishes the counters of a connection when it is idle, or told to. */
	private long scans(String column) {
		this.table.run("SELECT pg_stat_force_next_flush()");
		return this.table
			.ask("SELECT " + column + " FROM pg_stat_user_tables WHERE relname = '" + this.table.name() + "'");
	}

}
