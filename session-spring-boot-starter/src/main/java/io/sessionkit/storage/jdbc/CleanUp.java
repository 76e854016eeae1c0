package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.sessionkit.SessionRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes expired rows, a batch in a transaction, and rests after each nine times as long
 * as it took. It never makes a request wait for more than one batch, and cannot deadlock
 * with one: a batch locks rows in the order of requests, the row before its index
 * entries, and a request locks one row. Where somebody is to hear what has expired, the
 * one that removed a row tells, once that is certain.
 */
final class CleanUp implements AutoCloseable {

	static final int BATCH = 500;

	/** Of rows with their bodies, which all are in memory. */
	private static final int TOLD = 100;

	/**
	 * So that it takes a tenth of the time of one connection, and requests hardly see it.
	 */
	private static final int REST = 9;

	/** Nobody waits for it, but it holds a connection and locks. */
	private static final Duration LONGEST_BATCH = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.storage.jdbc.JdbcStorageStrategy");

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Database database;

	private final SessionTable table;

	private final InstantSource clock;

	/** Hears of what has expired; {@code null} for nobody. */
	private volatile @Nullable BiConsumer<String, SessionRecord> listener;

	private @Nullable Thread thread;

	CleanUp(Database database, SessionTable table, InstantSource clock) {
		this.database = database;
		this.table = table;
		this.clock = clock;
	}

	void onExpired(BiConsumer<String, SessionRecord> listener) {
		this.listener = listener;
	}

	/** Starts the thread. */
	void every(Duration interval) {
		this.thread = new Thread(null, () -> repeat(interval), "sessionkit-clean-up", 0, false);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void repeat(Duration interval) {
		// The first one anywhere in the interval: nodes start together.
		Duration pause = jitter(interval, 0, 1);
		while (!closedWithin(pause)) {
			try {
				int removed = run();
				logger.debug("Removed {} expired sessions", removed);
			}
			catch (SQLException | RuntimeException ex) {
				logger.warn("Expired sessions could not be removed, next try in about {}: {}", interval,
						(ex instanceof SQLException failure) ? "SQLState " + Failures.state(failure)
								: ex.getClass().getSimpleName());
				logger.debug("The failure of the clean-up", ex);
			}
			pause = jitter(interval, 0.75, 1.25);
		}
	}

	private static Duration jitter(Duration interval, double least, double most) {
		return Duration.ofMillis((long) (interval.toMillis() * ThreadLocalRandom.current().nextDouble(least, most)));
	}

	private boolean closedWithin(Duration pause) {
		try {
			return this.closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	/**
	 * Removes all rows that have expired by now.
	 * @return how many
	 */
	int run() throws SQLException {
		return run(BATCH);
	}

	int run(int batch) throws SQLException {
		int removed = 0;
		int last;
		Duration took;
		do {
			long begin = System.nanoTime();
			last = removeBatch(batch);
			removed += last;
			took = Duration.ofNanos(System.nanoTime() - begin);
		}
		while (last > 0 && !closedWithin(took.multipliedBy(REST)));
		return removed;
	}

	private int removeBatch(int size) throws SQLException {
		BiConsumer<String, SessionRecord> listener = this.listener;
		if (listener == null) {
			return this.database.within(LONGEST_BATCH, (connection) -> withoutGapLocks(connection, (now) -> {
				return isPostgres(connection) ? skipLocked(connection, now, size)
						: delete(connection, findExpired(connection, now, size), now);
			}));
		}
		Map<String, SessionRecord> removed = new HashMap<>();
		int count = this.database.within(LONGEST_BATCH, (connection) -> withoutGapLocks(connection, (now) -> {
			removed.clear(); // it may run again
			int rows = Math.min(size, TOLD);
			return isPostgres(connection) ? takeReturned(connection, now, rows, removed)
					: takeLocked(connection, now, rows, removed);
		}));
		removed.forEach(listener);
		return count;
	}

	private static boolean isPostgres(Connection connection) throws SQLException {
		return Dialect.of(connection) == Dialect.POSTGRESQL;
	}

	/** One batch of what had expired at a moment, in epoch milliseconds. */
	@FunctionalInterface
	private interface Batch {

		int remove(long now) throws SQLException;

	}

	/**
	 * In read committed: of a higher level come gap locks in MySQL, and serialization
	 * failures in PostgreSQL.
	 */
	private int withoutGapLocks(Connection connection, Batch batch) throws SQLException {
		int isolation = connection.getTransactionIsolation();
		connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
		try {
			return batch.remove(this.clock.instant().toEpochMilli());
		}
		finally {
			if (!connection.isClosed()) {
				connection.setTransactionIsolation(isolation);
			}
		}
	}

	private int skipLocked(Connection connection, long now, int size) throws SQLException {
		try (PreparedStatement delete = connection.prepareStatement(this.table.cleanUpSkippingLocked())) {
			delete.setLong(1, now);
			delete.setInt(2, size);
			return delete.executeUpdate();
		}
	}

	private int takeReturned(Connection connection, long now, int size, Map<String, SessionRecord> removed)
			throws SQLException {
		try (PreparedStatement delete = connection.prepareStatement(this.table.cleanUpReturning())) {
			delete.setLong(1, now);
			delete.setInt(2, size);
			return take(delete, removed);
		}
	}

	/** What is locked nobody else removes or renews until it is gone. */
	private int takeLocked(Connection connection, long now, int size, Map<String, SessionRecord> removed)
			throws SQLException {
		List<String> ids = findExpired(connection, now, size);
		if (ids.isEmpty()) {
			return 0;
		}
		connection.setAutoCommit(false);
		try {
			try (PreparedStatement lock = connection.prepareStatement(this.table.lockExpired(ids.size()))) {
				set(lock, ids, now);
				take(lock, removed);
			}
			int count = delete(connection, ids, now);
			connection.commit();
			return count;
		}
		catch (SQLException | RuntimeException ex) {
			rollBack(connection, ex);
			throw ex;
		}
		finally {
			if (!connection.isClosed()) {
				connection.setAutoCommit(true);
			}
		}
	}

	private static void rollBack(Connection connection, Exception because) {
		try {
			connection.rollback();
		}
		catch (SQLException ex) {
			because.addSuppressed(ex);
		}
	}

	private static int take(PreparedStatement statement, Map<String, SessionRecord> taken) throws SQLException {
		int count = 0;
		try (ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				count++;
				SessionRecord record = JdbcStorageStrategy.record(rows);
				if (record != null) {
					taken.put(rows.getString(1), record);
				}
			}
		}
		return count;
	}

	private int delete(Connection connection, List<String> ids, long now) throws SQLException {
		if (ids.isEmpty()) {
			return 0;
		}
		try (PreparedStatement delete = connection.prepareStatement(this.table.deleteExpired(ids.size()))) {
			set(delete, ids, now);
			return delete.executeUpdate();
		}
	}

	private static void set(PreparedStatement statement, List<String> ids, long now) throws SQLException {
		for (int i = 0; i < ids.size(); i++) {
			statement.setString(i + 1, ids.get(i));
		}
		statement.setLong(ids.size() + 1, now);
	}

	/**
	 * Sorted, since two nodes that remove the same rows are to lock them in one order.
	 */
	private List<String> findExpired(Connection connection, long now, int size) throws SQLException {
		try (PreparedStatement find = connection.prepareStatement(this.table.findExpired())) {
			find.setMaxRows(size);
			find.setLong(1, now);
			List<String> ids = new ArrayList<>();
			try (ResultSet rows = find.executeQuery()) {
				while (rows.next()) {
					ids.add(rows.getString(1));
				}
			}
			ids.sort(null);
			return ids;
		}
	}

	/** No interrupt: it might close H2's file. */
	@Override
	public void close() {
		this.closed.countDown();
		if (this.thread != null) {
			try {
				this.thread.join(LONGEST_BATCH.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
