package io.sessionkit.storage.jdbc;

import java.util.regex.Pattern;

/**
 * The table and its statements, in SQL that all databases share unless noted otherwise.
 * Statements select rows by primary key, and each is a transaction of its own.
 *
 * @param name the name as it appears in statements, with the schema if there is one
 */
record SessionTable(String name) {

	/** The table name in the schema scripts. */
	static final String SCRIPTED = "sessionkit_session";

	/** The suffix of the index name. */
	private static final String INDEX_SUFFIX = "_expires";

	/**
	 * With the index suffix, such a name stays within the 63 characters of PostgreSQL.
	 */
	private static final int LONGEST = 55;

	private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,62}\\.)?[A-Za-z_][A-Za-z0-9_]*");

	/**
	 * Checks the name, which becomes part of every statement.
	 * @throws IllegalArgumentException if it is not a plain identifier, or too long
	 */
	SessionTable {
		if (!NAME.matcher(name).matches() || unqualified(name).length() > LONGEST) {
			throw new IllegalArgumentException(("The table name '%s' is not valid; use letters, digits and _, at "
					+ "most %d characters, and qualify it as in app.sessions if it needs a schema")
				.formatted(name, LONGEST));
		}
	}

	private static String unqualified(String name) {
		return name.substring(name.indexOf('.') + 1);
	}

	/**
	 * Adapts a script to the name of this table. The script itself uses the default name,
	 * so that it can also be run unchanged. H2 keeps an index in the schema of its table
	 * and requires the schema in the index name, while PostgreSQL forbids it.
	 */
	String adapt(String script, boolean qualifiedIndexes) {
		String indexes = qualifiedIndexes ? this.name : unqualified(this.name);
		// Goes through placeholders, since the new name may contain the old one.
		return script.replace(SCRIPTED + INDEX_SUFFIX, "\u0000" + INDEX_SUFFIX)
			.replace(SCRIPTED, this.name)
			.replace("\u0000", indexes);
	}

	String insert() {
		return "INSERT INTO " + this.name + " (version, expires, body, id) VALUES (?, ?, ?, ?)";
	}

	/** Replaces a row that has expired or cannot be a record. */
	String takeOver() {
		return "UPDATE " + this.name
				+ " SET version = ?, expires = ?, body = ? WHERE id = ? AND (expires <= ? OR version < 1)";
	}

	/**
	 * Reads up to this many keys. A server plans a statement for only a few different
	 * numbers.
	 */
	String read(int room) {
		return "SELECT id, version, expires, body FROM " + this.name + " WHERE id IN (" + places(room) + ")";
	}

	/** The number of parameters to use for this many keys: 1, 10, 100 and so on. */
	static int roomFor(int keys) {
		int room = 1;
		while (room < keys) {
			room *= 10;
		}
		return room;
	}

	private static String places(int count) {
		return "?" + ", ?".repeat(count - 1);
	}

	String update() {
		return "UPDATE " + this.name
				+ " SET version = ?, expires = ?, body = ? WHERE id = ? AND version = ? AND expires > ?";
	}

	/**
	 * Replaces a row like {@link #update} and, if that succeeded, inserts another one.
	 * PostgreSQL only.
	 */
	String move() {
		return "WITH replaced AS (" + update() + " RETURNING 1) INSERT INTO " + this.name
				+ " (version, expires, body, id) SELECT ?, ?, ?, ? FROM replaced";
	}

	String delete() {
		return "DELETE FROM " + this.name + " WHERE id = ?";
	}

	/** Tests whether the table exists. */
	String probe() {
		return "SELECT 1 FROM " + this.name + " WHERE 1 = 0";
	}

	/**
	 * One cleanup batch on PostgreSQL, which skips rows that are locked by others. The
	 * array makes sure that the inner query runs only once.
	 */
	String cleanUpSkippingLocked() {
		return "DELETE FROM " + this.name + " WHERE id = ANY (ARRAY(SELECT id FROM " + this.name
				+ " WHERE expires <= ? ORDER BY expires LIMIT ? FOR UPDATE SKIP LOCKED))";
	}

	/** The same batch, which returns the rows that it removed. */
	String cleanUpReturning() {
		return cleanUpSkippingLocked() + " RETURNING id, version, expires, body";
	}

	/** Locks the rows that a batch on other databases is about to remove. */
	String lockExpired(int ids) {
		return "SELECT id, version, expires, body FROM " + this.name + " WHERE id IN (" + places(ids)
				+ ") AND expires <= ? ORDER BY id FOR UPDATE";
	}

	/** The first half of a batch on other databases. It takes no locks. */
	String findExpired() {
		return "SELECT id FROM " + this.name + " WHERE expires <= ? ORDER BY expires";
	}

	/** The second half, which checks again that the rows have expired. */
	String deleteExpired(int ids) {
		return "DELETE FROM " + this.name + " WHERE id IN (" + places(ids) + ") AND expires <= ?";
	}

}
