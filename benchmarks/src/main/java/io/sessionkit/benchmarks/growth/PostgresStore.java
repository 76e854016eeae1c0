package io.sessionkit.benchmarks.growth;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.sessionkit.SessionRecord;
import io.sessionkit.benchmarks.SqlServer;
import io.sessionkit.storage.jdbc.JdbcStorageStrategy;

/**
 * PostgreSQL, which waits for the disk at each commit. A start finds its pool and its
 * table there. The clean-up, for some seconds at most, rests for nine tenths of its time,
 * as it is meant to; the rests count.
 */
final class PostgresStore implements GrowingStore<JdbcStorageStrategy> {

	private static final String TABLE = JdbcStorageStrategy.DEFAULT_TABLE_NAME;

	/** A slow disk is to be measured, not to fail. */
	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** Fewer take no longer than the clean-up takes to begin. */
	private static final int LEAST_TO_CLEAN_UP = 1_000;

	private static final Duration CLEAN_UP = Duration.ofSeconds(5);

	private static final String INSERT = "INSERT INTO " + TABLE
			+ " (id, version, expires, body) SELECT id, 1, expires, body FROM unnest(?, ?, ?) AS r (id, expires, body)";

	private final SqlServer server = SqlServer.postgres();

	PostgresStore() throws IOException {
	}

	@Override
	public String name() {
		return "postgresql";
	}

	@Override
	public int most() {
		return Integer.MAX_VALUE;
	}

	@Override
	public JdbcStorageStrategy open(int sessions) {
		JdbcStorageStrategy strategy = strategy(Duration.ZERO, InstantSource.system());
		strategy.createTable();
		return strategy;
	}

	private JdbcStorageStrategy strategy(Duration cleanupInterval, InstantSource clock) {
		return new JdbcStorageStrategy(this.server.pool(), TABLE, TIMEOUT, cleanupInterval, clock);
	}

	@Override
	public void fill(JdbcStorageStrategy strategy, Map<String, SessionRecord> records) {
		Object[] ids = records.keySet().toArray();
		Object[] expires = records.values().stream().map((record) -> record.expires().toEpochMilli()).toArray();
		byte[][] bodies = records.values().stream().map(SessionRecord::body).toArray(byte[][]::new);
		this.server.jdbc().update((connection) -> {
			PreparedStatement insert = connection.prepareStatement(INSERT);
			insert.setArray(1, connection.createArrayOf("text", ids));
			insert.setArray(2, connection.createArrayOf("bigint", expires));
			insert.setArray(3, connection.createArrayOf("bytea", bodies));
			return insert;
		});
	}

	@Override
	public void settle() {
		this.server.jdbc().execute("VACUUM ANALYZE " + TABLE);
		this.server.jdbc().execute("CHECKPOINT");
	}

	@Override
	public long count(JdbcStorageStrategy strategy) {
		return Objects.requireNonNull(this.server.jdbc().queryForObject("SELECT count(*) FROM " + TABLE, Long.class));
	}

	@Override
	public OptionalDouble cleanUp(JdbcStorageStrategy strategy, int sessions) {
		if (sessions < LEAST_TO_CLEAN_UP) {
			return OptionalDouble.empty();
		}
		InstantSource later = () -> Instant.now().plus(Population.after());
		try (JdbcStorageStrategy cleaning = strategy(Duration.ofMillis(1), later)) {
			long begin = System.nanoTime();
			long left = sessions;
			while (left > 0 && System.nanoTime() - begin < CLEAN_UP.toNanos()) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.max(1, sessions / 5_000)));
				left = count(cleaning);
			}
			if (left == sessions) {
				throw new IllegalStateException("The clean-up has removed no row");
			}
			return OptionalDouble.of((System.nanoTime() - begin) / 1e3 / (sessions - left));
		}
	}

	@Override
	public void clear(JdbcStorageStrategy strategy) {
		strategy.close();
		this.server.jdbc().execute("DROP TABLE " + TABLE);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
