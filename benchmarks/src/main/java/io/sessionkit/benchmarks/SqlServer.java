package io.sessionkit.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A database that runs for a measurement, with a pool of ten connections.
 */
public final class SqlServer implements Closeable {

	/** Less than the time-out of sessions, as their warning asks for. */
	private static final long PATIENCE_MILLIS = 250;

	private final String name;

	private final Closeable server;

	private final HikariDataSource pool;

	private SqlServer(String name, String url, Closeable server) {
		this.name = name;
		this.server = server;
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setMaximumPoolSize(10);
		config.setConnectionTimeout(PATIENCE_MILLIS);
		config.setValidationTimeout(PATIENCE_MILLIS);
		this.pool = new HikariDataSource(config);
	}

	/** PostgreSQL as it is outside of tests: a commit waits until it is on the disk. */
	public static SqlServer postgres() throws IOException {
		EmbeddedPostgres server = EmbeddedPostgres.builder()
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.setPGStartupWait(Duration.ofMinutes(1))
			.start();
		SqlServer postgres = new SqlServer("PostgreSQL", server.getJdbcUrl("postgres", "postgres"), server);
		for (String setting : new String[] { "fsync", "synchronous_commit" }) {
			if (!"on".equals(postgres.jdbc().queryForObject("SHOW " + setting, String.class))) {
				throw new IllegalStateException(setting + " is off, so that commits would be faster than they are");
			}
		}
		return postgres;
	}

	static SqlServer h2(Path directory) {
		return new SqlServer("H2 file", "jdbc:h2:file:" + directory.toAbsolutePath().resolve("sessions"), () -> {
		});
	}

	/** As a table says it. */
	String name() {
		return this.name;
	}

	public HikariDataSource pool() {
		return this.pool;
	}

	public JdbcTemplate jdbc() {
		return new JdbcTemplate(this.pool);
	}

	@Override
	public void close() throws IOException {
		this.pool.close();
		this.server.close();
	}

}
