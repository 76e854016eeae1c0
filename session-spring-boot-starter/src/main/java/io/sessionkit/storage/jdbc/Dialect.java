package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The databases that there are scripts for. Records are read and written in the same
 * words on all of them.
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

}
