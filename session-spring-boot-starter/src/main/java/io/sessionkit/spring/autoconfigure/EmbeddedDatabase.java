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
 * Tells an H2 of this process from a server. A database of this process is always up, so
 * one that is down, or stands still, is none, and keeps no application from starting.
 */
final class EmbeddedDatabase {

	private static final boolean HIKARI = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			EmbeddedDatabase.class.getClassLoader());

	private EmbeddedDatabase() {
	}

	/** Connects only where the URL of the pool does not tell already. */
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

	/** Only loaded where HikariCP is there. */
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
