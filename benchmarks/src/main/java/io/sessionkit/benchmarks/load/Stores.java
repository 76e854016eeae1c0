package io.sessionkit.benchmarks.load;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.sessionkit.benchmarks.WorkingDirectory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import redis.embedded.RedisServer;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * One Redis and one PostgreSQL for all variants, and a directory.
 */
public final class Stores implements AutoCloseable {

	private final int redisPort;

	private final RedisServer redis;

	private final EmbeddedPostgres postgres;

	private final WorkingDirectory directory;

	private final long redisPid = redisPid();

	private final long postgresPid;

	private Stores(int redisPort, RedisServer redis, EmbeddedPostgres postgres, WorkingDirectory directory)
			throws IOException {
		this.redisPort = redisPort;
		this.redis = redis;
		this.postgres = postgres;
		this.postgresPid = postgresPid(postgres);
		this.directory = directory;
	}

	/** Starts them, and makes the tables of Spring Session. */
	public static Stores start() throws IOException {
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
		return new Stores(port, redis, postgres, WorkingDirectory.in());
	}

	/** Where the application of a variant finds them. */
	List<String> arguments(Variant variant) {
		return arguments(variant, port(variant));
	}

	/** The same, with a port that is passed in the place of the store's own. */
	public List<String> arguments(Variant variant, int port) {
		List<String> arguments = new ArrayList<>();
		arguments.add("--sessionkit.file.directory=" + this.directory.path().resolve(variant.toString()));
		if (variant.isRedis()) {
			arguments.add("--spring.data.redis.port=" + port);
		}
		if (variant.isSql()) {
			arguments.add("--sql.url=jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
		}
		return arguments;
	}

	/** Where the store of a variant listens. */
	public int port(Variant variant) {
		return variant.isRedis() ? this.redisPort : this.postgres.getPort();
	}

	/** The database, as its administrator. */
	public DataSource database() {
		return this.postgres.getPostgresDatabase();
	}

	/** Microseconds of the store of a variant; 0 where it has none of its own. */
	long processorTime(Variant variant) throws IOException {
		if (variant.isRedis()) {
			return ProcessorTime.of(this.redisPid);
		}
		return variant.isSql() ? ProcessorTime.ofTree(this.postgresPid) : 0;
	}

	private static long redisPid() {
		return ProcessHandle.current()
			.descendants()
			.filter((process) -> process.info().command().orElse("").contains("redis"))
			.findFirst()
			.orElseThrow()
			.pid();
	}

	private static long postgresPid(EmbeddedPostgres postgres) throws IOException {
		String directory = new JdbcTemplate(postgres.getPostgresDatabase()).queryForObject("SHOW data_directory",
				String.class);
		return Long.parseLong(Files.readAllLines(Path.of(String.valueOf(directory), "postmaster.pid")).get(0));
	}

	@Override
	public void close() throws IOException {
		this.redis.stop();
		this.postgres.close();
		this.directory.close();
	}

}
