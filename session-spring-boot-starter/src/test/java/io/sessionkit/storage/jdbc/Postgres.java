package io.sessionkit.storage.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Assumptions;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL from Maven. Most tests share one, and end their own tables only.
 */
public final class Postgres implements AutoCloseable {

	private static @Nullable Postgres shared;

	private final @Nullable Path directory;

	private EmbeddedPostgres server;

	private Postgres(@Nullable Path directory) {
		this.directory = directory;
		this.server = start(0);
	}

	/** The one of all test classes; it ends with the JVM. */
	public static synchronized Postgres shared() {
		assumeThereIsOne();
		if (shared == null) {
			shared = new Postgres(null);
		}
		return shared;
	}

	/** One that may be stopped. */
	public static Postgres in(Path directory) {
		assumeThereIsOne();
		return new Postgres(directory);
	}

	private static void assumeThereIsOne() {
		String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
		Assumptions.assumeTrue(platform.equals("Linux amd64"), "There is no PostgreSQL here for " + platform);
	}

	private EmbeddedPostgres start(int port) {
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setServerConfig("shared_preload_libraries", "pg_stat_statements")
			.setServerConfig("pg_stat_statements.track", "all")
			.setServerConfig("max_connections", "150")
			.setPGStartupWait(Duration.ofMinutes(1));
		if (this.directory != null) {
			builder.setDataDirectory(this.directory).setCleanDataDirectory(false);
		}
		if (port != 0) {
			builder.setPort(port);
		}
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String url() {
		return this.server.getJdbcUrl("postgres", "postgres");
	}

	/** A pool that waits for less than the time-out of the tests that use it. */
	public HikariDataSource pool(int size) {
		return new HikariDataSource(config(size));
	}

	SessionPoolDataSource sessionPool(int size) {
		return new SessionPoolDataSource(config(1), size, Table.TIMEOUT);
	}

	HikariConfig config(int size) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url());
		config.setMaximumPoolSize(size);
		config.setMinimumIdle(0);
		config.setConnectionTimeout(3000);
		config.setValidationTimeout(1000);
		return config;
	}

	public void stop() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Again on the same port, with the same data. */
	public void startAgain() {
		this.server = start(this.server.getPort());
	}

	/** Stops the server's processes in their tracks; connections stay open. */
	public void freeze() throws IOException, InterruptedException {
		signal("-STOP");
	}

	public void thaw() throws IOException, InterruptedException {
		signal("-CONT");
	}

	private void signal(String signal) throws IOException, InterruptedException {
		Path pidFile = this.directory.resolve("postmaster.pid");
		ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0))).orElseThrow();
		List<String> command = new ArrayList<>(List.of("kill", signal));
		Stream.concat(Stream.of(postmaster), postmaster.descendants())
			.forEach((process) -> command.add(Long.toString(process.pid())));
		if (new ProcessBuilder(command).start().waitFor() != 0) {
			throw new AssertionError("The processes of PostgreSQL could not be signalled");
		}
	}

	@Override
	public void close() {
		stop();
	}

}
