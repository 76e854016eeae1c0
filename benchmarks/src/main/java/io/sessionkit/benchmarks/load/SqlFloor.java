package io.sessionkit.benchmarks.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * One statement each, by JDBC alone.
 *
 * @param pool the database
 */
record SqlFloor(DataSource pool) implements FloorStore {

	/** Makes the table where it is missing. */
	SqlFloor {
		try (Connection connection = pool.getConnection();
				PreparedStatement statement = connection.prepareStatement(
						"CREATE TABLE IF NOT EXISTS floor (id VARCHAR(36) PRIMARY KEY, json BYTEA NOT NULL)")) {
			statement.execute();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String create(byte[] json) {
		String id = UUID.randomUUID().toString();
		update("INSERT INTO floor (json, id) VALUES (?, ?)", json, id);
		return id;
	}

	@Override
	public byte @Nullable [] read(String cookie) {
		try (Connection connection = this.pool.getConnection();
				PreparedStatement statement = connection.prepareStatement("SELECT json FROM floor WHERE id = ?")) {
			statement.setString(1, cookie);
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next() ? rows.getBytes(1) : null;
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public @Nullable String write(String cookie, byte[] json) {
		update("UPDATE floor SET json = ? WHERE id = ?", json, cookie);
		return null;
	}

	private void update(String sql, byte[] json, String id) {
		try (Connection connection = this.pool.getConnection();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setBytes(1, json);
			statement.setString(2, id);
			if (statement.executeUpdate() != 1) {
				throw new IllegalStateException("Nothing was written");
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
