package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.sessionkit.SessionStorageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call to the database: a connection of its own in auto-commit, so that each
 * statement is a transaction, at most as long as the time-out in all, and tried again
 * where the database says that only the moment was wrong.
 */
final class Database implements AutoCloseable {

	private static final int MOST_ATTEMPTS = 20;

	private static final int LONGEST_PAUSE_MILLIS = 16;

	private static final Logger logger = LoggerFactory.getLogger(JdbcStorageStrategy.class);

	private final Connections connections;

	private final SessionTable table;

	private final Duration timeout;

	private final Watchdog watchdog;

	Database(Connections connections, SessionTable table, Duration timeout) {
		this.connections = connections;
		this.table = table;
		this.timeout = timeout;
		this.watchdog = new Watchdog(timeout);
	}

	/**
	 * What a call does. It may run again after a deadlock.
	 */
	@FunctionalInterface
	interface Work<T> {

		T run(Call call) throws SQLException;

	}

	/**
	 * Makes the statements of one call, which share its time.
	 *
	 * @param connection in auto-commit
	 * @param deadline of the call
	 * @param watch what ends its statements on the server
	 */
	record Call(Connection connection, Deadline deadline, Watchdog.Watch watch) {

		/**
		 * Prepares a statement. The watchdog ends it on the server; where the server does
		 * not hear of it, the driver's own socket ends the wait. Neither costs a round
		 * trip, and both are exact, other than the query time-out in whole seconds.
		 */
		PreparedStatement statement(String sql) throws SQLException {
			if (this.deadline.hasPassed() || this.watch.hasCancelled()) {
				throw new SQLTimeoutException("No time is left for another statement");
			}
			limit(this.connection, this.deadline.millis());
			PreparedStatement statement = this.connection.prepareStatement(sql);
			this.watch.running(statement);
			return statement;
		}

	}

	<T> T call(String verb, Work<T> work) {
		Deadline deadline = new Deadline(this.timeout);
		Connection connection;
		try {
			connection = this.connections.take(deadline);
		}
		catch (SQLException | RuntimeException ex) {
			throw noConnection(ex);
		}
		try {
			return inAutoCommit(connection, deadline, (same) -> watched(same, deadline, work));
		}
		catch (SQLException ex) {
			throw failed(verb, ex);
		}
	}

	private <T> T watched(Connection connection, Deadline deadline, Work<T> work) throws SQLException {
		Watchdog.Watch watch = this.watchdog.watch(connection, deadline);
		boolean cancelled = false;
		try {
			return retrying(new Call(connection, deadline, watch), work);
		}
		catch (SQLException ex) {
			cancelled = Failures.isCancelled(ex);
			throw ex;
		}
		finally {
			watch.end(cancelled);
		}
	}

	/**
	 * What is done with a connection.
	 */
	@FunctionalInterface
	interface Use<T> {

		T run(Connection connection) throws SQLException;

	}

	/** Without a limit of time, and gives the connection back as it was. */
	static <T> T inAutoCommit(Connection connection, Use<T> use) throws SQLException {
		return inAutoCommit(connection, null, use);
	}

	/**
	 * Gives the connection back as it was. Where it was not in auto-commit, MariaDB and
	 * MySQL are told so at the beginning and at the end, which costs two round trips.
	 */
	static <T> T inAutoCommit(Connection connection, @Nullable Deadline deadline, Use<T> use) throws SQLException {
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
			return use.run(connection);
		}
		finally {
			giveBack(connection, autoCommit, limit, deadline);
		}
	}

	/** What was done stands, also where this fails. */
	private static void giveBack(Connection connection, boolean autoCommit, int limit, @Nullable Deadline deadline) {
		try (connection) {
			if (!connection.isClosed()) {
				if (!autoCommit) {
					limit(connection, deadline);
					connection.setAutoCommit(false);
				}
				limit(connection, limit);
			}
		}
		catch (SQLException ex) {
			logger.debug("A connection could not be given back as it was", ex);
		}
	}

	private static void limit(Connection connection, @Nullable Deadline deadline) throws SQLException {
		if (deadline != null) {
			limit(connection, deadline.millis());
		}
	}

	private static void limit(Connection connection, int millis) throws SQLException {
		connection.setNetworkTimeout(Runnable::run, millis);
	}

	private static <T> T retrying(Call call, Work<T> work) throws SQLException {
		for (int attempt = 1;; attempt++) {
			try {
				return work.run(call);
			}
			catch (SQLException ex) {
				if (!Failures.isTransient(ex) || attempt == MOST_ATTEMPTS || call.deadline().hasPassed()) {
					throw ex;
				}
				logger.debug("Trying again after attempt {} failed with SQLState {}", attempt, Failures.state(ex));
			}
			pause(attempt, call.deadline());
		}
	}

	/** Not a sleep: an interrupt, which is the caller's business, only shortens it. */
	private static void pause(int attempt, Deadline deadline) {
		int longest = Math.min(LONGEST_PAUSE_MILLIS, 1 << Math.min(attempt, 4));
		long nanos = ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(longest));
		LockSupport.parkNanos(Math.max(0, Math.min(nanos, deadline.nanos())));
	}

	private SessionStorageException noConnection(Exception cause) {
		String reason = SessionStorageException.reason(cause);
		if (Failures.isRefusedLogin(cause)) {
			return new SessionStorageException(
					"The database%s refused the user or the password (%s); correct spring.datasource.username and .password"
						.formatted(this.connections.at(), reason),
					cause);
		}
		return new SessionStorageException(("There was no connection to the database%s within %d ms "
				+ "(sessionkit.timeout): the pool is exhausted, or the database down (%s); give sessions a pool of "
				+ "their own by @SessionDataSource where others use it up")
			.formatted(this.connections.at(), this.timeout.toMillis(), reason), cause);
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
						.formatted(this.connections.at(), verb, Failures.reason(failure), this.table.name()),
					failure);
		}
		if (Failures.isTimeout(failure)) {
			return new SessionStorageException(
					"The database did not %s a session record within %d ms (sessionkit.timeout)".formatted(verb,
							this.timeout.toMillis()),
					failure);
		}
		if (Failures.isTransient(failure)) {
			return new SessionStorageException(("The database refused to %s a session record because of concurrent "
					+ "transactions, at every attempt within %d ms (sessionkit.timeout), with SQLState %s")
				.formatted(verb, this.timeout.toMillis(), Failures.state(failure)), failure);
		}
		return new SessionStorageException("The database%s failed to %s a session record (%s)"
			.formatted(this.connections.at(), verb, Failures.reason(failure)), Failures.withoutValues(failure));
	}

	@Override
	public void close() {
		this.connections.close();
		this.watchdog.close();
	}

}
