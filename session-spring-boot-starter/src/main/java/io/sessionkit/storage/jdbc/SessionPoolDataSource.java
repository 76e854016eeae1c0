package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import com.zaxxer.hikari.util.PropertyElf;
import com.zaxxer.hikari.util.UtilityElf;
import io.sessionkit.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A connection pool for sessions alone, to the database of another one. Requests that
 * hold every connection of the application do not make others wait for their session, and
 * no call waits longer than the time-out.
 *
 * <p>
 * Half of the time-out is for the wait for a connection, but at least 250 milliseconds,
 * which is the shortest wait of HikariCP. The other half is the limit of a statement,
 * which the server itself ends: PostgreSQL by {@code statement_timeout}, MariaDB by
 * {@code max_statement_time}, H2 by {@code LOCK_TIMEOUT}. A write for which less than
 * that is left is not begun, so that none takes effect after its call has failed, unless
 * the server stood still when it arrived. MySQL has {@code innodb_lock_wait_timeout}
 * only, in whole seconds.
 *
 * <p>
 * It opens one connection in the background and others as they are needed. The database
 * need not be up.
 */
public final class SessionPoolDataSource extends DelegatingDataSource implements AutoCloseable {

	/** The size if nothing else is said: 5, since a call takes about a millisecond. */
	public static final int DEFAULT_MAXIMUM_SIZE = 5;

	/** HikariCP accepts no shorter one. */
	private static final long SHORTEST_WAIT_MILLIS = 250;

	/** As HikariCP has it where nothing is set. */
	private static final int LOGIN_TIMEOUT_SECONDS = 30;

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.storage.jdbc.JdbcStorageStrategy");

	private final HikariDataSource pool;

	private final Duration timeout;

	/**
	 * Opens a pool to where another one leads: with its address, driver, properties,
	 * credentials, schema and catalog, the SQL that begins and tests its connections, and
	 * the ages at which they are tested and retired. Size, waits and isolation are not
	 * taken over.
	 * @param application the settings, or the other pool, which is not used itself; its
	 * credentials are asked for again with each connection
	 * @param maximumSize how many connections it has at most, at least 1
	 * @param timeout how long one call may take, as long as that of the strategy
	 * @throws IllegalArgumentException if the size or the time-out is not positive, or
	 * the settings have neither a URL nor a {@code DataSource} nor the class of one
	 */
	public SessionPoolDataSource(HikariConfig application, int maximumSize, Duration timeout) {
		if (timeout.toMillis() < 1) {
			throw new IllegalArgumentException("The timeout is " + timeout + ", it must be at least one millisecond");
		}
		this.timeout = timeout;
		HikariConfig config = new HikariConfig();
		config.setPoolName("sessionkit");
		config.setDataSource(new Limited(source(application)));
		// The data source goes before it; it tells where this pool leads.
		config.setJdbcUrl(application.getJdbcUrl());
		config.setCredentialsProvider(credentials(application));
		config.setSchema(application.getSchema());
		config.setCatalog(application.getCatalog());
		config.setConnectionInitSql(application.getConnectionInitSql());
		config.setConnectionTestQuery(application.getConnectionTestQuery());
		config.setThreadFactory(application.getThreadFactory());
		config.setExceptionOverride(surviving(application.getExceptionOverride()));
		config.setKeepaliveTime(application.getKeepaliveTime());
		config.setMaxLifetime(application.getMaxLifetime());
		config.setMaximumPoolSize(maximumSize);
		config.setMinimumIdle(1);
		long wait = Math.max(SHORTEST_WAIT_MILLIS, timeout.toMillis() / 2);
		config.setConnectionTimeout(wait);
		config.setValidationTimeout(wait);
		config.setInitializationFailTimeout(-1);
		if (config.getJdbcUrl() != null && config.getJdbcUrl().startsWith("jdbc:h2:mem:")) {
			// It may be the connection that the database lives by.
			config.setIdleTimeout(0);
			config.setMaxLifetime(0);
		}
		this.pool = new HikariDataSource(config);
		setTargetDataSource(this.pool);
	}

	private static DataSource source(HikariConfig application) {
		if (application.getDataSource() != null) {
			return application.getDataSource();
		}
		Properties properties = application.getDataSourceProperties();
		if (application.getDataSourceClassName() != null) {
			DataSource source = UtilityElf.createInstance(application.getDataSourceClassName(), DataSource.class);
			PropertyElf.setTargetFromProperties(source, properties);
			return source;
		}
		if (application.getJdbcUrl() == null) {
			throw new IllegalArgumentException("The settings of the pool do not say where the database is");
		}
		return new DriverDataSource(application.getJdbcUrl(), application.getDriverClassName(), properties, null, null);
	}

	/** Asked again each time, since a token of a cloud lives for minutes. */
	private static HikariCredentialsProvider credentials(HikariConfig application) {
		HikariCredentialsProvider provider = application.getCredentialsProvider();
		return (provider != null) ? provider
				: () -> Credentials.of(application.getUsername(), application.getPassword());
	}

	/** A connection is as good as before once the server has ended its statement. */
	private static SQLExceptionOverride surviving(SQLExceptionOverride application) {
		return new SQLExceptionOverride() {

			@java.lang.Override
			public SQLExceptionOverride.Override adjudicate(SQLException failure) {
				if (Failures.isEndedByServer(failure)) {
					return SQLExceptionOverride.Override.DO_NOT_EVICT;
				}
				return (application != null) ? application.adjudicate(failure)
						: SQLExceptionOverride.Override.CONTINUE_EVICT;
			}

		};
	}

	/**
	 * Checks that a strategy has time enough.
	 * @throws IllegalArgumentException if it has less than this pool
	 */
	void requireWithin(Duration timeout) {
		if (this.timeout.compareTo(timeout) > 0) {
			throw new IllegalArgumentException("The timeout of the pool is " + this.timeout
					+ ", it must not be longer than that of the strategy, " + timeout);
		}
	}

	/** What a write must have left of its time, so that the server ends it before. */
	Duration leastForWrite() {
		return longestStatement().plus(this.timeout.dividedBy(10));
	}

	private Duration longestStatement() {
		return this.timeout.dividedBy(2);
	}

	/**
	 * Waits until the deadline for a connection that is on its way, though not for a
	 * database that refuses.
	 */
	Connection take(Deadline deadline) throws SQLException {
		while (true) {
			try {
				return getConnection();
			}
			catch (SQLException ex) {
				if (ex.getCause() != null || deadline.hasPassed()) {
					throw ex;
				}
			}
		}
	}

	/** With another limit for the statements than that of requests. */
	<T> T within(Duration limit, Connection connection, Database.Use<T> use) throws SQLException {
		limit(connection, limit);
		try {
			return use.run(connection);
		}
		finally {
			try {
				limit(connection, longestStatement());
			}
			catch (SQLException ex) {
				logger.debug("The limit of a connection could not be set again", ex);
				this.pool.evictConnection(connection);
			}
		}
	}

	private static void limit(Connection connection, Duration limit) throws SQLException {
		Dialect dialect = Dialect.of(connection);
		if (dialect != null) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(dialect.limit(limit));
			}
		}
	}

	/** Closes its connections; the application's are not touched. */
	@Override
	public void close() {
		this.pool.close();
	}

	/**
	 * Opens connections whose statements the server ends.
	 */
	private final class Limited extends DelegatingDataSource {

		private Limited(DataSource source) {
			super(source);
		}

		@Override
		public Connection getConnection() throws SQLException {
			return limited(super.getConnection());
		}

		@Override
		public Connection getConnection(String user, String password) throws SQLException {
			return limited(super.getConnection(user, password));
		}

		private Connection limited(Connection connection) throws SQLException {
			try {
				int before = connection.getNetworkTimeout();
				connection.setNetworkTimeout(Runnable::run, LOGIN_TIMEOUT_SECONDS * 1000);
				limit(connection, longestStatement());
				connection.setNetworkTimeout(Runnable::run, before);
			}
			catch (SQLException ex) {
				if (connection.isClosed()) {
					throw ex;
				}
				logger.warn("The database refused to limit the time of statements (SQLState {}), so that one which "
						+ "waits for a lock may take effect after its request has failed", Failures.state(ex));
			}
			return connection;
		}

		/**
		 * That of a driver is one for the whole JVM, and HikariCP sets it by the wait for
		 * a connection, which is short here.
		 */
		@Override
		public void setLoginTimeout(int seconds) throws SQLException {
			if (super.getLoginTimeout() == 0) {
				super.setLoginTimeout(LOGIN_TIMEOUT_SECONDS);
			}
		}

		/** At its end HikariCP waits that long for a connection that is on its way. */
		@Override
		public int getLoginTimeout() {
			return 1;
		}

	}

}
