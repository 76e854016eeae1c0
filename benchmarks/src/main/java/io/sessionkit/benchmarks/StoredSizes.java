package io.sessionkit.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.sessionkit.Session;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.file.FileStorageStrategy;
import io.sessionkit.storage.jdbc.JdbcStorageStrategy;
import io.sessionkit.storage.redis.RedisStorageStrategy;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * What {@link FullCart} takes in each storage, said by the storage itself. The rows of a
 * table and its indexes, and the keys of Redis with the tables that find them, are the
 * mean of {@value #SESSIONS} sessions.
 */
final class StoredSizes {

	private static final int SESSIONS = 10_000;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final SessionCookie COOKIE = SessionCookie.builder(SampleSession.COOKIE)
		.encryptedWith(SampleSession.SECRET)
		.build();

	private StoredSizes() {
	}

	/** Prints a table in Markdown. */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		System.out.println("| the session of the sample, 20 lines in the cart | bytes |");
		System.out.println("|---|---|");
		cookies();
		try (WorkingDirectory directory = WorkingDirectory.in(arguments)) {
			file(directory.path().resolve("files"));
			redis();
			try (SqlServer postgres = SqlServer.postgres()) {
				postgres(postgres);
			}
			h2(Files.createDirectory(directory.path().resolve("h2")));
		}
	}

	private static void cookies() {
		row("cookie storage: the cookie, name and value", commit(SessionStorage.inCookie(COOKIE), new FullCart()));
	}

	private static void file(Path directory) throws IOException, InterruptedException {
		try (FileStorageStrategy files = new FileStorageStrategy(directory, TIMEOUT, true, InstantSource.system())) {
			LastCreated strategy = new LastCreated(files);
			row("every other storage: the cookie, name and value", fill(strategy, 1));
			row("JSON body of a record", strategy.body().length);
			Path file;
			try (Stream<Path> all = Files.walk(directory)) {
				file = all.filter((path) -> path.getNameCount() == directory.getNameCount() + 2)
					.findFirst()
					.orElseThrow();
			}
			row("file: its length", Files.size(file));
			row("file: its blocks on the disk", 512 * blocks(file));
		}
	}

	/** Of 512 bytes, as stat counts them. */
	private static long blocks(Path file) throws IOException, InterruptedException {
		Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
		String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
		if (stat.waitFor() != 0) {
			throw new IOException("stat cannot tell the blocks of " + file);
		}
		return Long.parseLong(blocks);
	}

	private static void redis() throws IOException {
		RedisServer server = RedisServer.newRedisServer()
			.bind("127.0.0.1")
			.setting("save \"\"")
			.port(freePort())
			.build();
		server.start();
		LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", server.ports().get(0));
		RedisClient client = RedisClient.create("redis://127.0.0.1:" + server.ports().get(0));
		try {
			connections.start();
			RedisCommands<String, String> commands = client.connect().sync();
			LastCreated strategy = new LastCreated(
					new RedisStorageStrategy(connections, RedisStorageStrategy.DEFAULT_KEY_PREFIX));
			fill(strategy, 1);
			String key = RedisStorageStrategy.DEFAULT_KEY_PREFIX + strategy.key();
			row("Redis: the value", Objects.requireNonNull(commands.strlen(key)));
			row("Redis: MEMORY USAGE of the key", Objects.requireNonNull(commands.memoryUsage(key)));
			long before = usedMemory(commands);
			fill(strategy, SESSIONS);
			row("Redis: used_memory, per session", (usedMemory(commands) - before) / SESSIONS);
		}
		finally {
			client.shutdown();
			connections.destroy();
			server.stop();
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static long usedMemory(RedisCommands<String, String> commands) {
		return commands.info("memory")
			.lines()
			.filter((line) -> line.startsWith("used_memory:"))
			.mapToLong((line) -> Long.parseLong(line.substring("used_memory:".length()).trim()))
			.sum();
	}

	private static void postgres(SqlServer postgres) {
		String table = JdbcStorageStrategy.DEFAULT_TABLE_NAME;
		fill(postgres);
		row("PostgreSQL: pg_column_size of the row",
				number(postgres, "SELECT pg_column_size(t.*) FROM " + table + " t LIMIT 1"));
		row("PostgreSQL: the table, per session", number(postgres, "SELECT pg_table_size('" + table + "')") / SESSIONS);
		row("PostgreSQL: its two indexes, per session",
				number(postgres, "SELECT pg_indexes_size('" + table + "')") / SESSIONS);
		row("PostgreSQL: all of it, per session",
				number(postgres, "SELECT pg_total_relation_size('" + table + "')") / SESSIONS);
	}

	private static void h2(Path directory) throws IOException {
		try (SqlServer h2 = SqlServer.h2(directory)) {
			fill(h2);
			h2.jdbc().execute("CHECKPOINT SYNC");
			row("H2 file: the file as it was filled, per session", length(directory) / SESSIONS);
			h2.jdbc().execute("SHUTDOWN COMPACT");
		}
		row("H2 file: the file after SHUTDOWN COMPACT, which compresses, per session", length(directory) / SESSIONS);
	}

	private static long length(Path directory) throws IOException {
		return Files.size(directory.resolve("sessions.mv.db"));
	}

	private static void fill(SqlServer server) {
		try (JdbcStorageStrategy jdbc = new JdbcStorageStrategy(server.pool(), JdbcStorageStrategy.DEFAULT_TABLE_NAME,
				TIMEOUT, Duration.ZERO, InstantSource.system())) {
			jdbc.createTable();
			fill(new LastCreated(jdbc), SESSIONS);
			check(number(server, "SELECT count(*) FROM " + JdbcStorageStrategy.DEFAULT_TABLE_NAME) == SESSIONS);
		}
	}

	private static long number(SqlServer server, String sql) {
		return Objects.requireNonNull(server.jdbc().queryForObject(sql, Long.class));
	}

	private static int fill(LastCreated strategy, int sessions) {
		SessionStorage storage = SessionStorage.of(COOKIE, strategy);
		FullCart cart = new FullCart();
		int cookie = 0;
		for (int i = 0; i < sessions; i++) {
			cookie = commit(storage, cart);
		}
		check(strategy.readData(strategy.key()) != null);
		return cookie;
	}

	/** The length of the cookie that comes of it. */
	private static int commit(SessionStorage storage, FullCart cart) {
		Session session = storage.getSession(null);
		cart.fill(session);
		String header = Objects.requireNonNull(storage.commitSession(session));
		return header.indexOf(';');
	}

	private static void check(boolean expected) {
		if (!expected) {
			throw new IllegalStateException("The storage did something else than what is measured");
		}
	}

	private static void row(String what, long bytes) {
		System.out.printf(Locale.ROOT, "| %s | %d |%n", what, bytes);
	}

	/** Knows what a storage has created. */
	private static final class LastCreated implements SessionIdStorageStrategy {

		private final SessionIdStorageStrategy strategy;

		private String key = "";

		private byte[] body = {};

		LastCreated(SessionIdStorageStrategy strategy) {
			this.strategy = strategy;
		}

		String key() {
			return this.key;
		}

		byte[] body() {
			return this.body;
		}

		@Override
		public boolean createData(String key, SessionRecord record) {
			this.key = key;
			this.body = record.body();
			return this.strategy.createData(key, record);
		}

		@Override
		public @Nullable SessionRecord readData(String key) {
			return this.strategy.readData(key);
		}

		@Override
		public UpdateOutcome updateData(String key, SessionRecord record) {
			return this.strategy.updateData(key, record);
		}

		@Override
		public void deleteData(String key) {
			this.strategy.deleteData(key);
		}

	}

}
