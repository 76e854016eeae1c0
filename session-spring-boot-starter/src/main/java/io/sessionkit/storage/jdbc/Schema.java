package io.sessionkit.storage.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

import io.sessionkit.SessionStorageException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Creates the table with the script for the database.
 */
final class Schema {

	/** Only the startup of the application waits for it. */
	private static final Duration LONGEST = Duration.ofSeconds(30);

	private final Database database;

	private final SessionTable table;

	Schema(Database database, SessionTable table) {
		this.database = database;
		this.table = table;
	}

	void create() {
		try {
			this.database.within(LONGEST, (connection) -> {
				// A user without permission to create tables can start if the table
				// exists.
				if (probe(connection) != null) {
					run(connection);
				}
				return this.table;
			});
		}
		catch (SQLException ex) {
			throw new SessionStorageException("The table %s could not be created in the database%s (%s)"
				.formatted(this.table.name(), this.database.at(), SessionStorageException.reason(ex)), ex);
		}
	}

	/**
	 * Whether the database reports that the table does not exist. A database that does
	 * not answer in time is not an error, since it may become available later.
	 */
	boolean isMissing(Duration limit) {
		try {
			return this.database.within(limit, this::isMissing);
		}
		catch (SQLException | RuntimeException ex) {
			return false;
		}
	}

	private boolean isMissing(Connection connection) {
		SQLException failure = probe(connection);
		return failure != null && Failures.isMissingTable(failure);
	}

	/** Returns {@code null} if the table exists. */
	private @Nullable SQLException probe(Connection connection) {
		try (PreparedStatement probe = connection.prepareStatement(this.table.probe())) {
			probe.executeQuery().close();
			return null;
		}
		catch (SQLException ex) {
			return ex;
		}
	}

	private void run(Connection connection) throws SQLException {
		Dialect dialect = Dialect.of(connection);
		if (dialect == null) {
			throw new SessionStorageException(
					("SessionKit has no script to create the table %s in '%s', only for %s; create it yourself and set "
							+ "sessionkit.jdbc.initialize-schema to never")
						.formatted(this.table.name(), connection.getMetaData().getDatabaseProductName(),
								Arrays.toString(Dialect.values())),
					null);
		}
		DataAccessException failure = execute(connection, dialect);
		// IF NOT EXISTS of PostgreSQL fails while another instance creates the same
		// table.
		if (failure != null && probe(connection) != null) {
			throw new SessionStorageException(("The table %s could not be created by %s (%s); run that "
					+ "script as a user who may create tables")
				.formatted(this.table.name(), dialect.script(), SessionStorageException.reason(failure)), failure);
		}
	}

	private @Nullable DataAccessException execute(Connection connection, Dialect dialect) {
		try {
			ScriptUtils.executeSqlScript(connection, adapted(dialect));
			return null;
		}
		catch (DataAccessException ex) {
			return ex;
		}
	}

	private Resource adapted(Dialect dialect) {
		ClassPathResource script = new ClassPathResource(dialect.script(), Schema.class);
		try {
			String text = script.getContentAsString(StandardCharsets.UTF_8);
			String adapted = this.table.adapt(text, dialect == Dialect.H2);
			return new ByteArrayResource(adapted.getBytes(StandardCharsets.UTF_8), script.getDescription());
		}
		catch (IOException ex) {
			throw new IllegalStateException(script.getDescription() + " is missing from the jar", ex);
		}
	}

}
