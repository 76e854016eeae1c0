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
 * One call to the database: a connection of its own in auto-commit, so that each
 * statement is a transaction, at most as long as the time-out in all, and tried again
 * where the database says that only the moment was wrong.
 */
final class Database {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(1);

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.storage.jdbc.JdbcStorageStrategy");

	private final DataSource dataSource;

	/** Where it is one of ours. */
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

	/** These two would hand out the transaction's connection, or fetch it later. */
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
	 * What a call does. It may run again after a deadlock.
	 */
	@FunctionalInterface
	interface Work<T> {

		T run(Call call) throws SQLException;

	}

	/**
	 * Makes the statements of one call, which share its time. The driver's own socket
	 * ends the wait for them, which costs no round trip and is exact, other than the
	 * query time-out in whole seconds.
	 *
	 * @param connection in auto-commit
	 * @param deadline of the call
	 * @param leastForWrite what a write must have left, since the server does not end it
	 * before
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
	 * A thread that is interrupted already gets one too, if only to log a user out.
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

	/** For what no request waits for, with a limit of its own instead of the time-out. */
	<T> T within(Duration limit, Use<T> use) throws SQLException {
		Deadline deadline = Deadline.in(limit);
		SessionPoolDataSource ours = this.pool;
		if (ours == null) {
			return inAutoCommit(this.dataSource.getConnection(), deadline, use);
		}
		return inAutoCommit(ours.take(deadline), deadline, (connection) -> ours.within(limit, connection, use));
	}

	/** Where the connections lead, for messages. */
	String at() {
		return DatabaseAddress.at(this.dataSource);
	}

	/**
	 * What is done with a connection. It may run again after a deadlock.
	 */
	@FunctionalInterface
	interface Use<T> {

		T run(Connection connection) throws SQLException;

	}

	/**
	 * Gives the connection back as it was. Where it was not in auto-commit, MariaDB and
	 * MySQL are told so at the beginning and at the end, which costs two round trips.
	 */
	private static <T> T inAutoCommit(Connection connection, Deadline deadline, Use<T> use) throws SQLException {
		boolean autoCommit = true;
		int limit = 0;
		try {
			autoCommit = connection.getAutoCommit();
			limit = connection.getNetworkTimeout();
			// Before the first that may ask the server, and until after the last.
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

	/** What was done stands, also where this fails. */
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
			logger.debug("A connection could not be given back as it was", ex);
		}
	}

	/** Of a millisecond at least, since 0 would be none. */
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
					"The database%s refused the user or the password (%s); correct spring.datasource.username and .password"
						.formatted(at(), reason),
					cause);
		}
		return new SessionStorageException(("There was no connection to the database%s within %d ms "
				+ "(sessionkit.timeout): the pool is exhausted, or the database down (%s)")
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
					("The database%s did not allow to %s a session record (%s); grant its user "
							+ "SELECT, INSERT, UPDATE and DELETE on %s")
						.formatted(at(), verb, Failures.reason(failure), this.table.name()),
					failure);
		}
		if (Failures.isTimeout(failure)) {
			return new SessionStorageException(
					"The database did not %s a session record in the time that a call has, %d ms (sessionkit.timeout)"
						.formatted(verb, this.timeout.toMillis()),
					failure);
		}
		if (Failures.isTransient(failure)) {
			return new SessionStorageException(("The database refused to %s a session record because of concurrent "
					+ "transactions, at every attempt within %d ms (sessionkit.timeout), with SQLState %s")
				.formatted(verb, this.timeout.toMillis(), Failures.state(failure)), failure);
		}
		return new SessionStorageException(
				"The database%s failed to %s a session record (%s)".formatted(at(), verb, Failures.reason(failure)),
				Failures.withoutValues(failure));
	}

}
