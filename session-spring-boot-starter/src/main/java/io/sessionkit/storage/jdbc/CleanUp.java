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
 * Removes expired rows in batches, each in a transaction of its own, and pauses after
 * each batch nine times as long as it took. A request never waits for more than one
 * batch, and a batch cannot deadlock with a request: both lock the row before its index
 * entries, and a request locks only one row. If a listener is set, the instance that
 * removed a row calls it once the removal is certain.
 */
final class CleanUp implements AutoCloseable {

	static final int BATCH = 500;

	/**
	 * The batch size with a listener, which is smaller because the bodies of all rows of
	 * the batch are in memory.
	 */
	private static final int TOLD = 100;

	/**
	 * Limits the cleanup to a tenth of the time of one connection, so that requests
	 * hardly notice it.
	 */
	private static final int REST = 9;

	/** No request waits for a batch, but it holds a connection and locks. */
	private static final Duration LONGEST_BATCH = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.storage.jdbc.JdbcStorageStrategy");

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Database database;

	private final SessionTable table;

	private final InstantSource clock;

	/** Receives expired records; {@code null} if there is no listener. */
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

	/** Starts the background thread. */
	void every(Duration interval) {
		this.thread = new Thread(null, () -> repeat(interval), "sessionkit-clean-up", 0, false);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void repeat(Duration interval) {
		// Instances often start together, so the first run is at a random time within the
		// interval.
		Duration pause = jitter(interval, 0, 1);
		while (!closedWithin(pause)) {
			try {
				int removed = run();
				logger.debug("Removed {} expired sessions", removed);
			}
			catch (SQLException | RuntimeException ex) {
				logger.warn("Expired sessions could not be removed; the next attempt is in about {}: {}", interval,
						(ex instanceof SQLException failure) ? "SQLState " + Failures.state(failure)
								: ex.getClass().getSimpleName());
				logger.debug("The cleanup of expired sessions failed", ex);
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
	 * @return the number of removed rows
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
			removed.clear(); // the batch may run again
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

	/** One batch of the rows that had expired at a time in epoch milliseconds. */
	@FunctionalInterface
	private interface Batch {

		int remove(long now) throws SQLException;

	}

	/**
	 * Uses the isolation level "read committed". Higher levels cause gap locks in MySQL
	 * and serialization failures in PostgreSQL.
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

	/**
	 * Locks the rows first, so that nobody else removes or renews them before they are
	 * gone.
	 */
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
	 * Returns the ids in sorted order, so that two instances that remove the same rows
	 * lock them in the same order.
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

	/** Does not interrupt the thread, because an interrupt might close the file of H2. */
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
