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
 * Creates the table by a script.
 */
final class Schema {

	/** Nobody waits for it but the start of the application. */
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
				// A user who may not create anything can start where it is there.
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
	 * Whether the database says that there is no such table. One that says nothing in
	 * time may come later.
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

	/** Returns {@code null} if the table is there. */
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
					("There is no script that creates the table %s in '%s', only for %s; create it yourself, and set "
							+ "sessionkit.jdbc.initialize-schema to never")
						.formatted(this.table.name(), connection.getMetaData().getDatabaseProductName(),
								Arrays.toString(Dialect.values())),
					null);
		}
		DataAccessException failure = execute(connection, dialect);
		// PostgreSQL's IF NOT EXISTS fails where another node creates the same just now.
		if (failure != null && probe(connection) != null) {
			throw new SessionStorageException(("The table %s could not be created by %s (%s); create it by that "
					+ "script yourself where this user may not")
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
