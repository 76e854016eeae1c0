package io.sessionkit.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Where the shops of the tests keep their sessions: a directory, a database or a server
 * of each kind for all of them, started at its first use and stopped with the JVM.
 */
enum Store {

	COOKIE, MEMORY, FILE, REDIS, H2, POSTGRESQL;

	private static final ConcurrentMap<Store, List<String>> STARTED = new ConcurrentHashMap<>();

	/** The properties of a shop that keeps its sessions here. */
	String[] properties(String... more) {
		List<String> own = STARTED.computeIfAbsent(this, (store) -> store.start());
		return Stream.concat(own.stream(), Stream.of(more)).toArray(String[]::new);
	}

	/** What the shop calls it. */
	String storage() {
		return switch (this) {
			case COOKIE -> "cookie";
			case MEMORY -> "memory";
			case FILE -> "file";
			case REDIS -> "redis";
			case H2, POSTGRESQL -> "jdbc";
		};
	}

	private List<String> start() {
		String storage = "sessionkit.storage=" + storage();
		return switch (this) {
			case COOKIE, MEMORY -> List.of(storage);
			case FILE -> List.of(storage, "sessionkit.file.directory=" + directory().resolve("sessions"));
			case REDIS -> List.of(storage, "spring.data.redis.port=" + EmbeddedRedis.start());
			case H2 -> List.of(storage, "spring.datasource.url=jdbc:h2:file:" + directory().resolve("shop"));
			case POSTGRESQL -> List.of(storage, "spring.datasource.url=" + postgresql());
		};
	}

	private static Path directory() {
		try {
			return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "store").toAbsolutePath();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String postgresql() {
		String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
		assumeThat(platform).as("SKIPPED, there is a PostgreSQL in Maven for this platform only")
			.isEqualTo("Linux amd64");
		try {
			EmbeddedPostgres server = EmbeddedPostgres.start();
			return server.getJdbcUrl("postgres", "postgres");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
