package io.sessionkit.storage.jdbc;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.util.Set;

import io.sessionkit.SessionStorageException;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the failures of the databases. The SQL states come from the SQL standard,
 * from appendix A of the PostgreSQL documentation, and from H2. The error numbers come
 * from MySQL and MariaDB.
 */
final class Failures {

	/**
	 * "Record has changed since last read": MariaDB with
	 * {@code innodb_snapshot_isolation}.
	 */
	private static final int MARIADB_SNAPSHOT_OUTDATED = 1020;

	private static final int MYSQL_DUPLICATE = 1062;

	private static final int MYSQL_LOCK_WAIT_TIMEOUT = 1205;

	private static final int MYSQL_DEADLOCK = 1213;

	/** Ended by another connection, or by {@code max_statement_time} of MariaDB. */
	private static final Set<Integer> MYSQL_CANCELLED = Set.of(1317, 1969);

	private static final Set<Integer> MYSQL_TRANSIENT = Set.of(MARIADB_SNAPSHOT_OUTDATED, MYSQL_LOCK_WAIT_TIMEOUT,
			MYSQL_DEADLOCK);

	private static final String LOCK_TIMEOUT = "HYT00";

	/**
	 * Serialization failure and deadlock of the standard and of PostgreSQL; lock timeout
	 * and "row changed by another transaction" of H2.
	 */
	private static final Set<String> TRANSIENT = Set.of("40001", "40P01", LOCK_TIMEOUT, "90131");

	private static final String DUPLICATE = "23505";

	private static final String CANCELLED = "57014";

	private static final Set<String> MISSING_TABLE = Set.of("42P01", "3F000", "42S02", "42S03", "42S04", "90079");

	/** Insufficient privileges, as PostgreSQL and H2 report them. */
	private static final Set<String> DENIED = Set.of("42501", "90096");

	/**
	 * Denied on the table, a column or the schema, or because a command of the server is
	 * not allowed.
	 */
	private static final Set<Integer> MYSQL_DENIED = Set.of(1142, 1143, 1044, 1227);

	private Failures() {
	}

	/**
	 * Whether the same statement may succeed if it is repeated at once, as after a
	 * deadlock.
	 */
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

	/** Whether the user lacks a permission. */
	static boolean isDenied(SQLException failure) {
		return DENIED.contains(state(failure)) || MYSQL_DENIED.contains(failure.getErrorCode());
	}

	/**
	 * Whether the server rejected the user or password, according to any of the causes.
	 */
	static boolean isRefusedLogin(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException refusal && state(refusal).startsWith("28")) {
				return true;
			}
		}
		return false;
	}

	/** Returns the message of the database, unless it may quote values. */
	static String reason(SQLException failure) {
		String code = "SQLState " + state(failure) + ", error " + failure.getErrorCode();
		return (withoutValues(failure) != null) ? code + ": " + SessionStorageException.reason(failure) : code;
	}

	/**
	 * Whether the server's own limit ended the statement, which left the connection
	 * intact.
	 */
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
	 * Returns the failure if it may be passed on. In errors about data and constraints
	 * databases quote the offending values.
	 * @return the failure, or {@code null} if it may contain values
	 */
	static @Nullable SQLException withoutValues(SQLException failure) {
		String state = state(failure);
		return (state.startsWith("22") || state.startsWith("23")) ? null : failure;
	}

	static String state(SQLException failure) {
		return (failure.getSQLState() != null) ? failure.getSQLState() : "";
	}

}
