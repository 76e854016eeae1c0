package io.sessionkit.storage.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Databases of H2, from its own pool, one whose patience we do not know, or from ours.
 */
public final class H2 {

	private H2() {
	}

	public static DataSource inMemory() {
		return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
	}

	/** To one in memory that ends with its last connection. */
	static SessionPoolDataSource sessionPool(int size, Duration timeout) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
		config.setUsername("sa");
		return new SessionPoolDataSource(config, size, timeout);
	}

	public static JdbcConnectionPool inFile(Path directory) {
		return JdbcConnectionPool.create("jdbc:h2:file:" + directory.toAbsolutePath().resolve("sessions"), "sa", "");
	}

}
