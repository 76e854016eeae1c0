package io.sessionkit.storage.jdbc;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.util.Set;

import io.sessionkit.SessionStorageException;
import org.jspecify.annotations.Nullable;

/**
 * What the failures of the databases mean. The states are those of the SQL standard, of
 * PostgreSQL's appendix A and of H2; the numbers those of MySQL and MariaDB.
 */
final class Failures {

	/** Record changed since the snapshot: MariaDB's {@code innodb_snapshot_isolation}. */
	private static final int MARIADB_SNAPSHOT_OUTDATED = 1020;

	private static final int MYSQL_DUPLICATE = 1062;

	private static final int MYSQL_LOCK_WAIT_TIMEOUT = 1205;

	private static final int MYSQL_DEADLOCK = 1213;

	/** By another connection, and by MariaDB's {@code max_statement_time}. */
	private static final Set<Integer> MYSQL_CANCELLED = Set.of(1317, 1969);

	private static final Set<Integer> MYSQL_TRANSIENT = Set.of(MARIADB_SNAPSHOT_OUTDATED, MYSQL_LOCK_WAIT_TIMEOUT,
			MYSQL_DEADLOCK);

	private static final String LOCK_TIMEOUT = "HYT00";

	/**
	 * Serialization failure and deadlock of the standard and of PostgreSQL, lock time-out
	 * and a row that another transaction changed of H2.
	 */
	private static final Set<String> TRANSIENT = Set.of("40001", "40P01", LOCK_TIMEOUT, "90131");

	private static final String DUPLICATE = "23505";

	private static final String CANCELLED = "57014";

	private static final Set<String> MISSING_TABLE = Set.of("42P01", "3F000", "42S02", "42S03", "42S04", "90079");

	/** Not enough rights, as PostgreSQL and H2 say it. */
	private static final Set<String> DENIED = Set.of("42501", "90096");

	/** On the table, a column, the schema, and by a command of the server. */
	private static final Set<Integer> MYSQL_DENIED = Set.of(1142, 1143, 1044, 1227);

	private Failures() {
	}

	/** Whether the same statement may succeed at once: deadlocks and the like. */
	static boolean isTransient(SQLException failure) {
		return failure instanceof SQLTransactionRollbackException || TRANSIENT.contains(state(failure))
				|| MYSQL_TRANSIENT.contains(failure.getErrorCode());
	}

	static boolean isDuplicate(SQLException failure) {
		return state(failure).equals(DUPLICATE) || failure.getErrorCode() == MYSQL_DUPLICATE;
	}

	static boolean isMissingTable(SQLException failure) {
		return MISSING_TABLE.contains(state(failure));
	}

	/** Whether the user may not do this. */
	static boolean isDenied(SQLException failure) {
		return DENIED.contains(state(failure)) || MYSQL_DENIED.contains(failure.getErrorCode());
	}

	/** Whether the server, somewhere in the causes, did not take the user or password. */
	static boolean isRefusedLogin(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException refusal && state(refusal).startsWith("28")) {
				return true;
			}
		}
		return false;
	}

	/** What the database says for itself, unless it may quote values. */
	static String reason(SQLException failure) {
		String code = "SQLState " + state(failure) + ", error " + failure.getErrorCode();
		return (withoutValues(failure) != null) ? code + ": " + SessionStorageException.reason(failure) : code;
	}

	/** Whether the server, by its own limit, ended the statement and nothing else. */
	static boolean isEndedByServer(SQLException failure) {
		String state = state(failure);
		return state.equals(CANCELLED) || state.equals(LOCK_TIMEOUT)
				|| MYSQL_CANCELLED.contains(failure.getErrorCode());
	}

	static boolean isTimeout(SQLException failure) {
		if (isEndedByServer(failure)) {
			return true;
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException || cause instanceof SQLTimeoutException) {
				return true;
			}
		}
		return false;
	}

	/**
	 * What may be passed on. Databases quote the offending values in complaints about
	 * data and constraints.
	 */
	static @Nullable SQLException withoutValues(SQLException failure) {
		String state = state(failure);
		return (state.startsWith("22") || state.startsWith("23")) ? null : failure;
	}

	static String state(SQLException failure) {
		return (failure.getSQLState() != null) ? failure.getSQLState() : "";
	}

}
