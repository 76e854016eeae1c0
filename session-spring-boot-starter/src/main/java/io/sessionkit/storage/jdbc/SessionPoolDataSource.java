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
 * A connection pool for sessions only, which leads to the database of another pool.
 * Requests that hold every connection of the application therefore do not make other
 * requests wait for their session, and no call waits longer than the timeout.
 *
 * <p>
 * Half of the timeout is for the wait for a connection, but at least 250 milliseconds,
 * the shortest wait that HikariCP accepts. The other half limits each statement. The
 * server itself enforces this limit: PostgreSQL by {@code statement_timeout}, MariaDB by
 * {@code max_statement_time}, H2 by {@code LOCK_TIMEOUT}. A write is not started if less
 * time is left, so no write takes effect after its call has failed, unless the server was
 * suspended when the write arrived. MySQL has only {@code innodb_lock_wait_timeout}, in
 * whole seconds.
 *
 * <p>
 * The pool opens one connection in the background and others on demand. The database does
 * not have to be up.
 */
public final class SessionPoolDataSource extends DelegatingDataSource implements AutoCloseable {

	/** The default maximum size: 5, since a call takes about a millisecond. */
	public static final int DEFAULT_MAXIMUM_SIZE = 5;

	/** The shortest wait that HikariCP accepts. */
	private static final long SHORTEST_WAIT_MILLIS = 250;

	/** The default of HikariCP. */
	private static final int LOGIN_TIMEOUT_SECONDS = 30;

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.storage.jdbc.JdbcStorageStrategy");

	private final HikariDataSource pool;

	private final Duration timeout;

	/**
	 * Opens a pool to the database of another pool. It takes over the address, driver,
	 * properties, credentials, schema and catalog, the SQL that initializes and tests
	 * connections, and the ages at which connections are tested and retired. It does not
	 * take over sizes, timeouts and isolation level.
	 * @param application the settings or the other pool, which is not used itself; its
	 * credentials are requested again for each connection
	 * @param maximumSize the maximum number of connections, at least 1
	 * @param timeout how long one call may take, the same as that of the strategy
	 * @throws IllegalArgumentException if the size or the timeout is not positive, or the
	 * settings contain neither a URL nor a {@code DataSource} nor the name of its class
	 */
	public SessionPoolDataSource(HikariConfig application, int maximumSize, Duration timeout) {
		if (timeout.toMillis() < 1) {
			throw new IllegalArgumentException("The timeout is " + timeout + ", it must be at least one millisecond");
		}
		this.timeout = timeout;
		HikariConfig config = new HikariConfig();
		config.setPoolName("sessionkit");
		config.setDataSource(new Limited(source(application)));
		// The data source takes precedence. The URL only shows where this pool leads.
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
			// The database may exist only as long as this connection is open.
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
			throw new IllegalArgumentException("The settings of the pool contain no address of the database");
		}
		return new DriverDataSource(application.getJdbcUrl(), application.getDriverClassName(), properties, null, null);
	}

	/**
	 * Requests the credentials each time, since a token of a cloud provider is valid only
	 * for minutes.
	 */
	private static HikariCredentialsProvider credentials(HikariConfig application) {
		HikariCredentialsProvider provider = application.getCredentialsProvider();
		return (provider != null) ? provider
				: () -> Credentials.of(application.getUsername(), application.getPassword());
	}

	/** Keeps a connection in the pool after the server has ended its statement. */
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
	 * Checks that the strategy allows at least as much time as this pool needs.
	 * @throws IllegalArgumentException if the given timeout is shorter than that of this
	 * pool
	 */
	void requireWithin(Duration timeout) {
		if (this.timeout.compareTo(timeout) > 0) {
			throw new IllegalArgumentException("The timeout of the pool is " + this.timeout
					+ ", it must not be longer than that of the strategy, " + timeout);
		}
	}

	/**
	 * The time that must be left for a write, so that the server ends it before the call
	 * fails.
	 */
	Duration leastForWrite() {
		return longestStatement().plus(this.timeout.dividedBy(10));
	}

	private Duration longestStatement() {
		return this.timeout.dividedBy(2);
	}

	/**
	 * Waits until the deadline for a connection that is being opened, but not for a
	 * database that refuses the connection.
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

	/** Runs something with another statement limit than that of requests. */
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
				logger.debug("The statement limit of a connection could not be restored", ex);
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

	/** Closes the connections of this pool. The application's pool is not affected. */
	@Override
	public void close() {
		this.pool.close();
	}

	/**
	 * Opens connections whose statements are limited by the server.
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
				logger.warn("The database refused to limit the time of statements (SQLState {}), so a statement that "
						+ "waits for a lock may take effect after its request has failed", Failures.state(ex));
			}
			return connection;
		}

		/**
		 * The login timeout of a driver applies to the whole JVM. HikariCP sets it to the
		 * wait for a connection, which is short here.
		 */
		@Override
		public void setLoginTimeout(int seconds) throws SQLException {
			if (super.getLoginTimeout() == 0) {
				super.setLoginTimeout(LOGIN_TIMEOUT_SECONDS);
			}
		}

		/** On shutdown HikariCP waits this long for a connection that is being opened. */
		@Override
		public int getLoginTimeout() {
			return 1;
		}

	}

}
