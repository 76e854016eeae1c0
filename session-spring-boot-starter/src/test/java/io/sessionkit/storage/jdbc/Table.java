package io.sessionkit.storage.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.support.JdbcUtils;

/**
 * A table of sessions that a test looks into behind the strategy's back.
 *
 * @param dataSource where it is
 * @param name its name, another one for each test class
 */
public record Table(DataSource dataSource, String name) {

	/** More than a busy build needs. */
	static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final AtomicInteger COUNT = new AtomicInteger();

	/** Made by the script. */
	public static Table in(DataSource dataSource) {
		Table table = new Table(dataSource, "sessions_" + COUNT.incrementAndGet());
		try (JdbcStorageStrategy strategy = table.strategy(InstantSource.system())) {
			strategy.createTable();
		}
		return table;
	}

	/** With much time, and no clean-up of its own. */
	public JdbcStorageStrategy strategy(InstantSource clock) {
		return strategy(TIMEOUT, clock);
	}

	public JdbcStorageStrategy strategy(Duration timeout, InstantSource clock) {
		return new JdbcStorageStrategy(this.dataSource, this.name, timeout, Duration.ZERO, clock);
	}

	/**
	 * Stores these bytes, and version 0: a table cannot tell a damaged body, which is any
	 * bytes, only a row that no strategy writes.
	 */
	void corrupt(String key, byte[] stored) {
		execute((connection) -> {
			try (PreparedStatement update = connection
				.prepareStatement("UPDATE " + this.name + " SET body = ?, version = 0 WHERE id = ?")) {
				update.setBytes(1, stored);
				update.setString(2, key);
				return update.executeUpdate();
			}
		});
	}

	/** Every column of every row. */
	public Collection<byte[]> dump() {
		return execute((connection) -> {
			List<byte[]> columns = new ArrayList<>();
			try (Statement select = connection.createStatement();
					ResultSet rows = select.executeQuery("SELECT id, version, expires, body FROM " + this.name)) {
				while (rows.next()) {
					for (int column = 1; column <= 3; column++) {
						columns.add(String.valueOf(rows.getString(column)).getBytes(StandardCharsets.UTF_8));
					}
					columns.add(rows.getBytes(4));
				}
			}
			return columns;
		});
	}

	/** The number that a query answers. */
	public long ask(String sql) {
		return execute((connection) -> {
			try (Statement select = connection.createStatement(); ResultSet row = select.executeQuery(sql)) {
				row.next();
				return row.getLong(1);
			}
		});
	}

	public void run(String sql) {
		execute((connection) -> {
			try (Statement statement = connection.createStatement()) {
				return statement.execute(sql);
			}
		});
	}

	/** Adds rows that expire at this moment, in epoch milliseconds. */
	void fill(int rows, String prefix, long expires) {
		execute((connection) -> {
			try (PreparedStatement insert = connection.prepareStatement(
					"INSERT INTO " + this.name + " (id, version, expires, body) VALUES (?, 1, " + expires + ", ?)")) {
				for (int i = 0; i < rows; i++) {
					insert.setString(1, prefix + i);
					insert.setBytes(2, new byte[500]);
					insert.addBatch();
				}
				return insert.executeBatch();
			}
		});
	}

	private <T> T execute(Database.Use<T> use) {
		try {
			Connection connection = this.dataSource.getConnection();
			try {
				return use.run(connection);
			}
			finally {
				// Which fails after a SHUTDOWN.
				JdbcUtils.closeConnection(connection);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
