package io.sessionkit.benchmarks.load;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import redis.embedded.RedisServer;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * One Redis and one PostgreSQL for all variants, and a directory.
 */
final class Stores implements AutoCloseable {

	private final int redisPort;

	private final RedisServer redis;

	private final EmbeddedPostgres postgres;

	private final Path directory;

	private Stores(int redisPort, RedisServer redis, EmbeddedPostgres postgres, Path directory) {
		this.redisPort = redisPort;
		this.redis = redis;
		this.postgres = postgres;
		this.directory = directory;
	}

	static Stores start() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		RedisServer redis = RedisServer.newRedisServer().bind("127.0.0.1").setting("save \"\"").port(port).build();
		redis.start();
		// As outside of tests: a commit waits until it is on the disk.
		EmbeddedPostgres postgres = EmbeddedPostgres.builder()
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.setPGStartupWait(Duration.ofMinutes(1))
			.start();
		new ResourceDatabasePopulator(new ClassPathResource("org/springframework/session/jdbc/schema-postgresql.sql"))
			.execute(postgres.getPostgresDatabase());
		return new Stores(port, redis, postgres, Files.createTempDirectory("sessions"));
	}

	/** Where the application of a variant finds them. */
	List<String> arguments(Variant variant) {
		List<String> arguments = new ArrayList<>();
		arguments.add("--sessionkit.file.directory=" + this.directory.resolve("sessions"));
		if (variant.isRedis()) {
			arguments.add("--redis.port=" + this.redisPort);
		}
		if (variant.isSql()) {
			arguments.add("--sql.url=" + this.postgres.getJdbcUrl("postgres", "postgres"));
		}
		return arguments;
	}

	/** Microseconds of the store of a variant; 0 where it has none of its own. */
	long processorTime(Variant variant) throws IOException {
		if (variant.isRedis()) {
			return ProcessorTime.of(pidListeningOn("redis-server"));
		}
		return variant.isSql() ? ProcessorTime.ofTree(postgresPid()) : 0;
	}

	private static long pidListeningOn(String name) {
		return ProcessHandle.current()
			.descendants()
			.filter((process) -> process.info().command().orElse("").contains(name.substring(0, 5)))
			.findFirst()
			.orElseThrow()
			.pid();
	}

	private long postgresPid() {
		String directory = new JdbcTemplate(this.postgres.getPostgresDatabase()).queryForObject("SHOW data_directory",
				String.class);
		try {
			return Long.parseLong(Files.readAllLines(Path.of(String.valueOf(directory), "postmaster.pid")).get(0));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.redis.stop();
		this.postgres.close();
	}

}
