package io.sessionkit.spring.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Distinguishes an H2 database that is embedded in this process from a database server.
 * An embedded database is always up. A database that is down or does not respond is
 * therefore not embedded, and does not prevent the application from starting.
 */
final class EmbeddedDatabase {

	private static final boolean HIKARI = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			EmbeddedDatabase.class.getClassLoader());

	private EmbeddedDatabase() {
	}

	/** Connects only if the URL of the pool does not already tell. */
	static boolean is(DataSource dataSource, Duration limit) {
		String url = HIKARI ? Hikari.url(dataSource) : null;
		if (url != null) {
			return isEmbedded(url);
		}
		FutureTask<Boolean> question = new FutureTask<>(() -> isEmbedded(dataSource));
		Thread thread = new Thread(question, "sessionkit-database");
		thread.setDaemon(true);
		thread.start();
		try {
			return question.get(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
	}

	private static boolean isEmbedded(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			String url = connection.getMetaData().getURL();
			return url != null && isEmbedded(url);
		}
	}

	private static boolean isEmbedded(String url) {
		return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:");
	}

	/** Loaded only if HikariCP is present. */
	private static final class Hikari {

		static @Nullable String url(DataSource dataSource) {
			try {
				return dataSource.isWrapperFor(HikariDataSource.class)
						? dataSource.unwrap(HikariDataSource.class).getJdbcUrl() : null;
			}
			catch (SQLException ex) {
				return null;
			}
		}

	}

}
