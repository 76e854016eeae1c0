package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The databases that there are scripts for. Records are read and written in the same
 * words on all of them, but for a move on PostgreSQL.
 */
enum Dialect {

	POSTGRESQL, MARIADB, MYSQL, H2;

	/**
	 * Recognizes a database by what its driver calls it.
	 * @return {@code null} for another one
	 */
	static @Nullable Dialect of(Connection connection) throws SQLException {
		String product = connection.getMetaData().getDatabaseProductName();
		for (Dialect dialect : values()) {
			if (dialect.name().equalsIgnoreCase(product)) {
				return dialect;
			}
		}
		return null;
	}

	String script() {
		return "schema-" + name().toLowerCase(Locale.ROOT) + ".sql";
	}

	/**
	 * The statement by which the server ends those of its connection after this time. The
	 * comment of MySQL is read by MariaDB, which the driver of MySQL may have found.
	 */
	String limit(Duration limit) {
		long millis = Math.max(1, limit.toMillis());
		return switch (this) {
			case POSTGRESQL -> "SET statement_timeout = " + millis;
			case H2 -> "SET LOCK_TIMEOUT " + millis;
			case MARIADB -> "SET SESSION max_statement_time = " + inSeconds(millis);
			case MYSQL -> "SET SESSION innodb_lock_wait_timeout = " + Math.max(1, millis / 1000)
					+ " /*M! , max_statement_time = " + inSeconds(millis) + " */";
		};
	}

	private static String inSeconds(long millis) {
		return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
	}

}
