package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The databases that have a schema script. All of them use the same statements to read
 * and write records, except for a move on PostgreSQL.
 */
enum Dialect {

	POSTGRESQL, MARIADB, MYSQL, H2;

	/**
	 * Recognizes a database by the product name that its driver reports.
	 * @return the dialect, or {@code null} for another database
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
	 * Returns the statement that makes the server end later statements of its connection
	 * after this time. MariaDB, which the driver of MySQL may have found, also reads the
	 * special comment of MySQL.
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
