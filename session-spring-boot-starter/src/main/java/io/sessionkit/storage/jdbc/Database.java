package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;

import javax.sql.DataSource;

import io.sessionkit.Deadline;
import io.sessionkit.SessionStorageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Calls the database. Each call uses a connection of its own in auto-commit mode, so that
 * each statement is a transaction. A call takes no longer than the timeout, and is
 * repeated if the database reports a transient failure.
 */
final class Database {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(1);

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.storage.jdbc.JdbcStorageStrategy");

	private final DataSource dataSource;

	/** Set if the data source is one of ours. */
	private final @Nullable SessionPoolDataSource pool;

	private final SessionTable table;

	private final Duration timeout;

	Database(DataSource dataSource, SessionTable table, Duration timeout) {
		this.dataSource = outsideTransactions(dataSource);
		this.pool = (dataSource instanceof SessionPoolDataSource ours) ? ours : null;
		this.table = table;
		this.timeout = timeout;
		if (this.pool != null) {
			this.pool.requireWithin(timeout);
		}
	}

	/**
	 * Unwraps two proxies, which would return the connection of the current transaction
	 * or fetch a connection later.
	 */
	private static DataSource outsideTransactions(DataSource dataSource) {
		DataSource unwrapped = dataSource;
		while (unwrapped instanceof TransactionAwareDataSourceProxy
				|| unwrapped instanceof LazyConnectionDataSourceProxy) {
			DataSource target = ((DelegatingDataSource) unwrapped).getTargetDataSource();
			if (target == null) {
				break;
			}
			unwrapped = target;
		}
		return unwrapped;
	}

	/**
	 * The work of one call, which may run again after a deadlock.
	 */
	@FunctionalInterface
	interface Work<T> {

		T run(Call call) throws SQLException;

	}

	/**
	 * Creates the statements of one call, which share its time. The socket timeout of the
	 * driver limits the wait for them. It is exact and costs no round trip, unlike the
	 * query timeout, which is in whole seconds.
	 *
	 * @param connection the connection, in auto-commit mode
	 * @param deadline the deadline of the call
	 * @param leastForWrite the time that must be left for a write, since the server does
	 * not end the statement earlier
	 */
	record Call(Connection connection, Deadline deadline, Duration leastForWrite) {

		PreparedStatement read(String sql) throws SQLException {
			return statement(sql, 0);
		}

		PreparedStatement write(String sql) throws SQLException {
			return statement(sql, this.leastForWrite.toNanos());
		}

		private PreparedStatement statement(String sql, long least) throws SQLException {
			if (this.deadline.left().toNanos() <= least) {
				throw new SQLTimeoutException("No time is left for another statement");
			}
			limit(this.connection, this.deadline);
			return this.connection.prepareStatement(sql);
		}

	}

	<T> T call(String verb, Work<T> work) {
		Deadline deadline = Deadline.in(this.timeout);
		Connection connection;
		try {
			connection = take();
		}
		catch (SQLException | RuntimeException ex) {
			throw noConnection(ex);
		}
		Duration leastForWrite = (this.pool != null) ? this.pool.leastForWrite() : Duration.ZERO;
		try {
			return inAutoCommit(connection, deadline, (same) -> work.run(new Call(same, deadline, leastForWrite)));
		}
		catch (SQLException ex) {
			throw failed(verb, ex);
		}
	}

	/**
	 * Takes a connection even if the thread is already interrupted, so that a user can
	 * still log out.
	 */
	private Connection take() throws SQLException {
		boolean interrupted = Thread.interrupted();
		try {
			return this.dataSource.getConnection();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Runs something that no request waits for, with a limit of its own instead of the
	 * timeout.
	 */
	<T> T within(Duration limit, Use<T> use) throws SQLException {
		Deadline deadline = Deadline.in(limit);
		SessionPoolDataSource ours = this.pool;
		if (ours == null) {
			return inAutoCommit(this.dataSource.getConnection(), deadline, use);
		}
		return inAutoCommit(ours.take(deadline), deadline, (connection) -> ours.within(limit, connection, use));
	}

	/** The address of the database, for messages. */
	String at() {
		return DatabaseAddress.at(this.dataSource);
	}

	/**
	 * Something that uses a connection. It may run again after a deadlock.
	 */
	@FunctionalInterface
	interface Use<T> {

		T run(Connection connection) throws SQLException;

	}

	/**
	 * Returns the connection as it was before. If it was not in auto-commit mode, MariaDB
	 * and MySQL have to be told at the beginning and at the end, which costs two round
	 * trips.
	 */
	private static <T> T inAutoCommit(Connection connection, Deadline deadline, Use<T> use) throws SQLException {
		boolean autoCommit = true;
		int limit = 0;
		try {
			autoCommit = connection.getAutoCommit();
			limit = connection.getNetworkTimeout();
			// The limit applies before the first statement that may ask the server, until
			// after the last one.
			limit(connection, deadline);
			if (!autoCommit) {
				connection.setAutoCommit(true);
			}
			return repeating(connection, deadline, use);
		}
		finally {
			giveBack(connection, autoCommit, limit, deadline);
		}
	}

	/** A failure here does not undo the work. */
	private static void giveBack(Connection connection, boolean autoCommit, int limit, Deadline deadline) {
		try (connection) {
			if (!connection.isClosed()) {
				if (!autoCommit) {
					limit(connection, deadline);
					connection.setAutoCommit(false);
				}
				connection.setNetworkTimeout(Runnable::run, limit);
			}
		}
		catch (SQLException ex) {
			logger.debug("The settings of a connection could not be restored", ex);
		}
	}

	/** Sets at least one millisecond, since 0 means no limit. */
	private static void limit(Connection connection, Deadline deadline) throws SQLException {
		connection.setNetworkTimeout(Runnable::run,
				(int) Math.min(Integer.MAX_VALUE, Math.max(1, deadline.left().toMillis())));
	}

	private static <T> T repeating(Connection connection, Deadline deadline, Use<T> use) throws SQLException {
		while (true) {
			try {
				return use.run(connection);
			}
			catch (SQLException ex) {
				if (!Failures.isTransient(ex) || !deadline.pause(FIRST_PAUSE)) {
					throw ex;
				}
				logger.debug("Trying again after attempt {} failed with SQLState {}", deadline.attempt() - 1,
						Failures.state(ex));
				limit(connection, deadline);
			}
		}
	}

	private SessionStorageException noConnection(Exception cause) {
		String reason = SessionStorageException.reason(cause);
		if (Failures.isRefusedLogin(cause)) {
			return new SessionStorageException(
					("The database%s rejected the user or the password (%s); correct spring.datasource.username "
							+ "and spring.datasource.password")
						.formatted(at(), reason),
					cause);
		}
		return new SessionStorageException(("There was no connection to the database%s within %d ms "
				+ "(sessionkit.timeout): the pool is exhausted or the database is down (%s)")
			.formatted(at(), this.timeout.toMillis(), reason), cause);
	}

	SessionStorageException failed(String verb, SQLException failure) {
		if (Failures.isMissingTable(failure)) {
			return new SessionStorageException(("There is no table %s; set sessionkit.jdbc.initialize-schema to "
					+ "always, or run io/sessionkit/storage/jdbc/schema-<database>.sql from the jar, or correct "
					+ "sessionkit.jdbc.table-name")
				.formatted(this.table.name()), Failures.withoutValues(failure));
		}
		if (Failures.isDenied(failure)) {
			return new SessionStorageException(
					("The database%s denied permission to %s a session record (%s); grant its user "
							+ "SELECT, INSERT, UPDATE and DELETE on %s")
						.formatted(at(), verb, Failures.reason(failure), this.table.name()),
					failure);
		}
		if (Failures.isTimeout(failure)) {
			return new SessionStorageException(
					"The database did not %s a session record within %d ms (sessionkit.timeout)".formatted(verb,
							this.timeout.toMillis()),
					failure);
		}
		if (Failures.isTransient(failure)) {
			return new SessionStorageException(("The database could not %s a session record because of concurrent "
					+ "transactions; every attempt within %d ms (sessionkit.timeout) failed with SQLState %s")
				.formatted(verb, this.timeout.toMillis(), Failures.state(failure)), failure);
		}
		return new SessionStorageException(
				"The database%s failed to %s a session record (%s)".formatted(at(), verb, Failures.reason(failure)),
				Failures.withoutValues(failure));
	}

}
