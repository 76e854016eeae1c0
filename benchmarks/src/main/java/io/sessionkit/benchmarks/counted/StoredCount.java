package io.sessionkit.benchmarks.counted;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.sessionkit.benchmarks.Results;
import io.sessionkit.benchmarks.load.LoadPath;
import io.sessionkit.benchmarks.load.LoadProcess;
import io.sessionkit.benchmarks.load.Stores;
import io.sessionkit.benchmarks.load.Variant;
import io.sessionkit.storage.jdbc.JdbcStorageStrategy;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a session takes in its store, said by the store: MEMORY USAGE of all keys that
 * Redis has, and the tables of PostgreSQL with their indexes, by the number of sessions.
 */
final class StoredCount {

	private static final int ROWS = 10_000;

	private static final int THREADS = 16;

	private final Map<Variant, Double> counted = new EnumMap<>(Variant.class);

	private final Results results;

	StoredCount(Results results) {
		this.results = results;
	}

	/** Removes what another variant has left in Redis. Its scripts remain. */
	void prepare(Variant variant, Stores stores) {
		if (variant.isRedis()) {
			redis(stores.port(variant), (commands) -> commands.flushall());
		}
	}

	void count(Variant variant, LoadProcess application, Stores stores)
			throws InterruptedException, ExecutionException {
		double bytes = variant.isRedis() ? redis(stores.port(variant), StoredCount::inRedis)
				: inTables(variant, application, stores.database());
		this.counted.put(variant, bytes);
		this.results.put("counted." + variant + ".stored", bytes);
	}

	private static <T> T redis(int port, Function<RedisCommands<String, String>, T> use) {
		RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
		try {
			return use.apply(client.connect().sync());
		}
		finally {
			client.shutdown();
		}
	}

	private static double inRedis(RedisCommands<String, String> commands) {
		List<String> keys = commands.keys("*");
		check(keys.size() >= LoadProcess.SESSIONS);
		return keys.stream().mapToLong((key) -> memoryUsage(commands, key)).sum() / (double) LoadProcess.SESSIONS;
	}

	/** Of all fields of a hash, not of some of them as by default. */
	private static long memoryUsage(RedisCommands<String, String> commands, String key) {
		return Objects.requireNonNull(commands.dispatch(CommandType.MEMORY, new IntegerOutput<>(StringCodec.UTF8),
				new CommandArgs<>(StringCodec.UTF8).add("USAGE").addKey(key).add("SAMPLES").add(0)));
	}

	private static double inTables(Variant variant, LoadProcess application, DataSource database)
			throws InterruptedException, ExecutionException {
		List<String> tables = tables(variant);
		JdbcTemplate jdbc = new JdbcTemplate(database);
		logIn(application, ROWS - LoadProcess.SESSIONS);
		check(number(jdbc, "SELECT count(*) FROM " + tables.get(0)) == ROWS);
		return tables.stream()
			.mapToLong((table) -> number(jdbc, "SELECT pg_total_relation_size('" + table + "')"))
			.sum() / (double) ROWS;
	}

	private static List<String> tables(Variant variant) {
		return switch (variant) {
			case FLOOR_SQL -> List.of("floor");
			case SPRING_SQL -> List.of("spring_session", "spring_session_attributes");
			case SESSIONKIT_SQL -> List.of(JdbcStorageStrategy.DEFAULT_TABLE_NAME);
			default -> throw new IllegalArgumentException("The tables of " + variant + " are not known");
		};
	}

	private static void logIn(LoadProcess application, int sessions) throws InterruptedException, ExecutionException {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> logins = IntStream.range(0, sessions).<Future<?>>mapToObj((i) -> threads.submit(() -> {
				application.request(LoadPath.LOGIN);
				return i;
			})).toList();
			for (Future<?> login : logins) {
				login.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static long number(JdbcTemplate jdbc, String sql) {
		return Objects.requireNonNull(jdbc.queryForObject(sql, Long.class));
	}

	private static void check(boolean expected) {
		if (!expected) {
			throw new IllegalStateException("The store has another number of sessions than what is measured");
		}
	}

	void print() {
		StringBuilder table = new StringBuilder("| stored | bytes for each session |\n|---|---:|\n");
		this.counted
			.forEach((variant, bytes) -> table.append(String.format(Locale.ROOT, "| %s | %,.0f |%n", variant, bytes)));
		this.results.table("counted-stored", table.toString());
	}

}
