package io.sessionkit.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.sessionkit.Deadline;
import io.sessionkit.storage.jdbc.JdbcStorageStrategy;

/**
 * What live traffic notices of the clean-up of a hundred thousand expired rows: its calls
 * while the rows are removed, beside the same traffic right before, when they lie there,
 * and right after, when they are gone. No call may fail, and the 99th percentile may not
 * more than double.
 *
 * <p>
 * The system properties {@code rounds}, {@code seconds} (of the traffic before and after)
 * and {@code pauseMicros} (of each thread between two calls; 0 keeps all processors busy)
 * say how much.
 */
final class CleanUpUnderTraffic {

	private static final int EXPIRED = 100_000;

	private static final int ROUNDS = Integer.getInteger("rounds", 3);

	private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("seconds", 8));

	private static final Duration NEVER = Duration.ZERO;

	private final SqlServer server;

	private final String table;

	private CleanUpUnderTraffic(SqlServer server, int round) {
		this.server = server;
		this.table = "round" + round;
	}

	/** Prints a table in Markdown. */
	public static void main(String[] arguments) throws IOException {
		System.out.println(
				"| database | round | traffic | s | calls | failed | p50 ms | p99 ms | max ms | p99, to before and after |");
		System.out.println("|---|---|---|---|---|---|---|---|---|---|");
		try (SqlServer postgres = SqlServer.postgres()) {
			measure(postgres);
		}
		try (WorkingDirectory directory = WorkingDirectory.in(arguments);
				SqlServer h2 = SqlServer.h2(directory.path())) {
			measure(h2);
		}
	}

	private static void measure(SqlServer server) {
		CleanUpUnderTraffic warmUp = new CleanUpUnderTraffic(server, 0);
		warmUp.createTable();
		warmUp.without("warm-up");
		for (int round = 1; round <= ROUNDS; round++) {
			new CleanUpUnderTraffic(server, round).run(round);
		}
	}

	private void run(int round) {
		createTable();
		fill();
		Phase before = without("before");
		Phase during = during();
		Phase after = without("after");
		double p99 = during.calls.millis(0.99);
		String ratios = String.format(Locale.ROOT, "%.2f, %.2f", p99 / before.calls.millis(0.99),
				p99 / after.calls.millis(0.99));
		print(round, before, "");
		print(round, during, ratios);
		print(round, after, "");
		this.server.jdbc().execute("DROP TABLE " + this.table);
	}

	private void print(int round, Phase phase, String ratios) {
		SessionTraffic.Calls calls = phase.calls;
		System.out.printf(Locale.ROOT, "| %s | %d | %s | %.1f | %d | %d | %.2f | %.2f | %.2f | %s |%n",
				this.server.name(), round, phase.name, phase.took.toMillis() / 1e3, calls.times().length,
				calls.failed(), calls.millis(0.5), calls.millis(0.99), calls.millis(1), ratios);
	}

	private JdbcStorageStrategy strategy(Duration cleanupInterval) {
		return new JdbcStorageStrategy(this.server.pool(), this.table, Deadline.DEFAULT_TIMEOUT,
				cleanupInterval, InstantSource.system());
	}

	private void createTable() {
		try (JdbcStorageStrategy strategy = strategy(NEVER)) {
			strategy.createTable();
		}
	}

	/** They expired one after the other, and lie in the table as they were created. */
	private void fill() {
		long now = System.currentTimeMillis();
		byte[] body = new byte[SampleSession.BYTES];
		List<Object[]> rows = new ArrayList<>();
		for (int i = 0; i < EXPIRED; i++) {
			rows.add(new Object[] { key(i), now - 2L * EXPIRED + i, body });
		}
		for (int i = 0; i < EXPIRED; i += 1000) {
			this.server.jdbc()
				.batchUpdate("INSERT INTO " + this.table + " (id, version, expires, body) VALUES (?, 1, ?, ?)",
						rows.subList(i, i + 1000));
		}
		this.server.jdbc().execute("ANALYZE " + (this.server.name().startsWith("H2") ? "TABLE " : "") + this.table);
	}

	/** Scattered, as keys are. */
	private static String key(int row) {
		return String.format(Locale.ROOT, "%08x%035d", row * 0x9E3779B1, row);
	}

	private Phase without(String name) {
		try (JdbcStorageStrategy strategy = strategy(NEVER); SessionTraffic traffic = new SessionTraffic(strategy)) {
			sleep(Duration.ofSeconds(1));
			traffic.count();
			sleep(TIME);
			return new Phase(name, TIME, traffic.end());
		}
	}

	/** The first row goes with the first batch, the last one with the last. */
	private Phase during() {
		try (JdbcStorageStrategy strategy = strategy(Duration.ofSeconds(1));
				SessionTraffic traffic = new SessionTraffic(strategy)) {
			awaitRemoved(0);
			traffic.count();
			long begin = System.nanoTime();
			awaitRemoved(EXPIRED - 1);
			Phase phase = new Phase("clean-up", Duration.ofNanos(System.nanoTime() - begin), traffic.end());
			long left = IntStream.range(0, 1000).filter((i) -> exists(i * (EXPIRED / 1000))).count();
			if (left != 0) {
				throw new IllegalStateException("The clean-up left " + left + " of 1000 rows");
			}
			return phase;
		}
	}

	private void awaitRemoved(int row) {
		long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
		while (exists(row)) {
			if (System.nanoTime() - end > 0) {
				throw new IllegalStateException("The clean-up has not come to row " + row + " in 5 minutes");
			}
			sleep(Duration.ofMillis(20));
		}
	}

	private boolean exists(int row) {
		return !this.server.jdbc()
			.queryForList("SELECT version FROM " + this.table + " WHERE id = ?", key(row))
			.isEmpty();
	}

	private static void sleep(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	private record Phase(String name, Duration took, SessionTraffic.Calls calls) {
	}

}
