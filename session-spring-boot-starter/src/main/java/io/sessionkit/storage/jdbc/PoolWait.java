package io.sessionkit.storage.jdbc;

import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * How long a pool itself lets its callers wait.
 *
 * @param connection for a connection to become free
 * @param validation for the proof that it is still alive, which comes on top
 */
record PoolWait(Duration connection, Duration validation) {

	private static final boolean HIKARI = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			PoolWait.class.getClassLoader());

	/**
	 * Asks the pool.
	 * @return {@code null} if it is none that we know
	 */
	static @Nullable PoolWait of(DataSource dataSource) {
		return HIKARI ? Hikari.of(dataSource) : null;
	}

	Duration longest() {
		return this.connection.plus(this.validation);
	}

	/** Only loaded where HikariCP is there. */
	private static final class Hikari {

		static @Nullable PoolWait of(DataSource dataSource) {
			try {
				if (!dataSource.isWrapperFor(HikariDataSource.class)) {
					return null;
				}
				HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
				return new PoolWait(Duration.ofMillis(pool.getConnectionTimeout()),
						Duration.ofMillis(pool.getValidationTimeout()));
			}
			catch (SQLException ex) {
				return null;
			}
		}

	}

}
