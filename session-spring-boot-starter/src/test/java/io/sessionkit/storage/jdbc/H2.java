package io.sessionkit.storage.jdbc;

import java.nio.file.Path;
import java.util.UUID;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Databases of H2, from its own pool: one whose patience we do not know.
 */
public final class H2 {

	private H2() {
	}

	public static DataSource inMemory() {
		return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
	}

	public static JdbcConnectionPool inFile(Path directory) {
		return JdbcConnectionPool.create("jdbc:h2:file:" + directory.toAbsolutePath().resolve("sessions"), "sa", "");
	}

}
