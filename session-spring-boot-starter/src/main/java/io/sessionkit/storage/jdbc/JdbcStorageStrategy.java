package io.sessionkit.storage.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

import javax.sql.DataSource;

import io.sessionkit.Deadline;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records in one table of an SQL database: PostgreSQL, MariaDB, MySQL or H2. Each
 * session is one row. A read is one statement and a write is one statement, both by
 * primary key. Each statement is a transaction of its own on a connection of its own, so
 * a rollback of the application does not affect its sessions, and no lock is held between
 * two statements.
 *
 * <p>
 * Expired rows count as absent. A background thread of this strategy removes them in
 * batches, never as part of a user's request. Every instance runs the cleanup, at
 * slightly different times and without blocking the others. Deadlocks and serialization
 * failures are retried within the timeout, so any isolation level is supported.
 *
 * <p>
 * With a {@link SessionPoolDataSource} the timeout covers the whole call, and no write
 * takes effect after its call has failed, since the server ends a statement that waits
 * for a lock. With any other {@code DataSource} a call waits for a connection as long as
 * that data source does. The statement and its repetitions then end for the caller with
 * the timeout, but the server may still wait for a lock and write later.
 *
 * @see <a href=
 * "https://reactrouter.com/api/utils/createSessionStorage">createSessionStorage</a>,
 * whose database example leaves atomic updates, expiry and cleanup to the reader
 */
public final class JdbcStorageStrategy implements SessionIdStorageStrategy, AutoCloseable {

	/** The default name of the table: {@value}. */
	public static final String DEFAULT_TABLE_NAME = SessionTable.SCRIPTED;

	/** The default interval between two cleanups: 10 minutes. */
	public static final Duration DEFAULT_CLEANUP_INTERVAL = Duration.ofMinutes(10);

	private static final Duration LONGEST_CHECK = Duration.ofSeconds(2);

	private static final Logger logger = LoggerFactory.getLogger(JdbcStorageStrategy.class);

	private final SessionTable table;

	private final Database database;

	private final CleanUp cleanUp;

	private final InstantSource clock;

	/**
	 * Keeps sessions in the table {@value #DEFAULT_TABLE_NAME} with default settings.
	 * @param dataSource the source of the connections, preferably a
	 * {@link SessionPoolDataSource}
	 */
	public JdbcStorageStrategy(DataSource dataSource) {
		this(dataSource, DEFAULT_TABLE_NAME, Deadline.DEFAULT_TIMEOUT, DEFAULT_CLEANUP_INTERVAL,
				InstantSource.system());
	}

	/**
	 * Keeps sessions in the given table. This does not connect to the database, which may
	 * still be down.
	 * @param dataSource the source of the connections, preferably a
	 * {@link SessionPoolDataSource}
	 * @param tableName the name of the table, qualified as in {@code app.sessions} if it
	 * is not in the default schema
	 * @param timeout how long one call may take, at least one millisecond
	 * @param cleanupInterval the time between two cleanups, plus or minus a quarter; zero
	 * turns them off, for a table that is cleaned up otherwise
	 * @param clock the clock for expiry
	 * @throws IllegalArgumentException if the name is not an identifier or has more than
	 * 55 characters, the timeout is shorter than a millisecond or than that of a
	 * {@link SessionPoolDataSource}, or the interval is negative
	 */
	public JdbcStorageStrategy(DataSource dataSource, String tableName, Duration timeout, Duration cleanupInterval,
			InstantSource clock) {
		Objects.requireNonNull(dataSource, "dataSource");
		this.table = new SessionTable(tableName);
		this.clock = Objects.requireNonNull(clock, "clock");
		if (timeout.toMillis() < 1) {
			throw new IllegalArgumentException("The timeout is " + timeout + ", it must be at least one millisecond");
		}
		if (cleanupInterval.isNegative()) {
			throw new IllegalArgumentException("The cleanup interval is " + cleanupInterval
					+ ", it must be positive, or zero to turn the cleanup off");
		}
		this.database = new Database(dataSource, this.table, timeout);
		this.cleanUp = new CleanUp(this.database, this.table, clock);
		if (!cleanupInterval.isZero()) {
			this.cleanUp.every(cleanupInterval);
		}
	}

	/**
	 * Creates the table and its index if they are missing. The script for each database,
	 * {@code schema-<database>.sql}, is in the jar next to this class. Several instances
	 * may do this at the same time.
	 * @throws io.sessionkit.SessionStorageException if the table does not exist and
	 * cannot be created
	 */
	public void createTable() {
		new Schema(this.database, this.table).create();
	}

	/**
	 * Checks that the table exists. A database that does not answer within two seconds is
	 * not an error, since it may become available later.
	 * @throws IllegalStateException if the database reports that the table does not exist
	 */
	public void checkTable() {
		if (new Schema(this.database, this.table).isMissing(LONGEST_CHECK)) {
			throw new IllegalStateException("There is no table " + this.table.name() + " in the database");
		}
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		return this.database.call("create", (call) -> {
			try {
				insert(call, key, record);
				return true;
			}
			catch (SQLException ex) {
				if (!Failures.isDuplicate(ex)) {
					throw ex;
				}
			}
			try (PreparedStatement takeOver = call.write(this.table.takeOver())) {
				takeOver.setLong(write(takeOver, 1, key, record), now());
				return takeOver.executeUpdate() == 1;
			}
		});
	}

	private void insert(Database.Call call, String key, SessionRecord record) throws SQLException {
		try (PreparedStatement insert = call.write(this.table.insert())) {
			write(insert, 1, key, record);
			insert.executeUpdate();
		}
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		return this.database.call("read", (call) -> read(call, List.of(key))).get(key);
	}

	@Override
	public Map<String, SessionRecord> readAll(Collection<String> keys) {
		return keys.isEmpty() ? Map.of() : this.database.call("read", (call) -> read(call, keys));
	}

	private Map<String, SessionRecord> read(Database.Call call, Collection<String> keys) throws SQLException {
		int room = SessionTable.roomFor(keys.size());
		try (PreparedStatement read = call.read(this.table.read(room))) {
			int at = 0;
			for (String key : keys) {
				read.setString(++at, key);
			}
			while (at < room) {
				read.setNull(++at, Types.VARCHAR);
			}
			Map<String, SessionRecord> records = new HashMap<>();
			try (ResultSet rows = read.executeQuery()) {
				while (rows.next()) {
					SessionRecord record = record(rows);
					if (record != null && this.clock.instant().isBefore(record.expires())) {
						records.put(rows.getString(1), record);
					}
				}
			}
			return records;
		}
	}

	/** A row is unreadable only if another program wrote to the table. */
	static @Nullable SessionRecord record(ResultSet row) throws SQLException {
		long version = row.getLong(2);
		long expires = row.getLong(3);
		byte[] body = row.getBytes(4);
		if (version < 1 || expires < 0 || body == null) {
			logger.warn("The session record {}... is not readable and counts as absent",
					row.getString(1).substring(0, 8));
			return null;
		}
		return new SessionRecord(version, Instant.ofEpochMilli(expires), body);
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		return this.database.call("update", (call) -> outcome(call, key, replace(call, key, record)));
	}

	@Override
	public UpdateOutcome moveData(String oldKey, SessionRecord tombstone, String newKey, SessionRecord record) {
		return this.database.call("move", (call) -> {
			int moved = (Dialect.of(call.connection()) == Dialect.POSTGRESQL)
					? moveAtOnce(call, oldKey, tombstone, newKey, record)
					: moveInSteps(call, oldKey, tombstone, newKey, record);
			return outcome(call, oldKey, moved);
		});
	}

	private int moveAtOnce(Database.Call call, String oldKey, SessionRecord tombstone, String newKey,
			SessionRecord record) throws SQLException {
		try (PreparedStatement move = call.write(this.table.move())) {
			write(move, replacing(move, oldKey, tombstone), newKey, record);
			return move.executeUpdate();
		}
	}

	/** Leaves nothing behind that could disturb the next attempt if this one fails. */
	private int moveInSteps(Database.Call call, String oldKey, SessionRecord tombstone, String newKey,
			SessionRecord record) throws SQLException {
		insert(call, newKey, record);
		try {
			if (replace(call, oldKey, tombstone) == 1) {
				return 1;
			}
		}
		catch (SQLException ex) {
			try {
				takeBack(call, newKey);
			}
			catch (SQLException again) {
				ex.addSuppressed(again);
			}
			throw ex;
		}
		takeBack(call, newKey);
		return 0;
	}

	/**
	 * Uses whatever time is left. Since nobody knows the key, the statement may take
	 * effect late.
	 */
	private void takeBack(Database.Call call, String newKey) throws SQLException {
		try (PreparedStatement delete = call.read(this.table.delete())) {
			delete.setString(1, newKey);
			delete.executeUpdate();
		}
	}

	private int replace(Database.Call call, String key, SessionRecord record) throws SQLException {
		try (PreparedStatement update = call.write(this.table.update())) {
			replacing(update, key, record);
			return update.executeUpdate();
		}
	}

	private UpdateOutcome outcome(Database.Call call, String key, int written) throws SQLException {
		if (written == 1) {
			return UpdateOutcome.UPDATED;
		}
		SessionRecord present = read(call, List.of(key)).get(key);
		return (present != null) ? UpdateOutcome.conflict(present) : UpdateOutcome.GONE;
	}

	@Override
	public void deleteData(String key) {
		this.database.call("delete", (call) -> {
			try (PreparedStatement delete = call.write(this.table.delete())) {
				delete.setString(1, key);
				return delete.executeUpdate();
			}
		});
	}

	/** Returns the index of the next parameter. */
	private int replacing(PreparedStatement statement, String key, SessionRecord record) throws SQLException {
		int next = write(statement, 1, key, record);
		statement.setLong(next, record.version() - 1);
		statement.setLong(next + 1, now());
		return next + 2;
	}

	private static int write(PreparedStatement statement, int from, String key, SessionRecord record)
			throws SQLException {
		statement.setLong(from, record.version());
		statement.setLong(from + 1, record.expires().toEpochMilli());
		statement.setBytes(from + 2, record.body());
		statement.setString(from + 3, key);
		return from + 4;
	}

	private long now() {
		return this.clock.instant().toEpochMilli();
	}

	@Override
	public void onExpired(BiConsumer<String, SessionRecord> listener) {
		this.cleanUp.onExpired(Objects.requireNonNull(listener, "listener"));
	}

	/** For tests, which run it without its thread. */
	CleanUp cleanUp() {
		return this.cleanUp;
	}

	/**
	 * Stops the cleanup, after a batch that is running has finished. The data source
	 * stays open.
	 */
	@Override
	public void close() {
		this.cleanUp.close();
	}

}
