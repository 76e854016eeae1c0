package io.sessionkit.storage.jdbc;

import java.util.regex.Pattern;

/**
 * The table and the statements on it, in the SQL that all databases share where nothing
 * else is said. They go by the primary key and are each a transaction of their own.
 *
 * @param name the name as in a statement, with the schema if there is one
 */
record SessionTable(String name) {

	/** The table that the schema scripts are written for. */
	static final String SCRIPTED = "sessionkit_session";

	/** What the name of the index ends with. */
	private static final String INDEX_SUFFIX = "_expires";

	/** So that with the suffix of an index a name fits into PostgreSQL's 63. */
	private static final int LONGEST = 55;

	private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,62}\\.)?[A-Za-z_][A-Za-z0-9_]*");

	/**
	 * Checks the name, which becomes a part of every statement.
	 * @throws IllegalArgumentException if it is no plain identifier, or too long
	 */
	SessionTable {
		if (!NAME.matcher(name).matches() || unqualified(name).length() > LONGEST) {
			throw new IllegalArgumentException(("The table name '%s' is not possible; use letters, digits and _, at "
					+ "most %d characters, and a schema before it as in app.sessions where it needs one")
				.formatted(name, LONGEST));
		}
	}

	private static String unqualified(String name) {
		return name.substring(name.indexOf('.') + 1);
	}

	/**
	 * Adapts a script, which is written for the default table so that it also runs as it
	 * is. H2 keeps an index in the schema of its table and wants it said, PostgreSQL
	 * forbids to say it.
	 */
	String adapt(String script, boolean qualifiedIndexes) {
		String indexes = qualifiedIndexes ? this.name : unqualified(this.name);
		// In two steps by way of marks, since the new name may contain the old one.
		return script.replace(SCRIPTED + INDEX_SUFFIX, "\u0000" + INDEX_SUFFIX)
			.replace(SCRIPTED, this.name)
			.replace("\u0000", indexes);
	}

	String insert() {
		return "INSERT INTO " + this.name + " (version, expires, body, id) VALUES (?, ?, ?, ?)";
	}

	/** Replaces what has expired, or can never be a record. */
	String takeOver() {
		return "UPDATE " + this.name
				+ " SET version = ?, expires = ?, body = ? WHERE id = ? AND (expires <= ? OR version < 1)";
	}

	/** Of up to so many keys; a server plans a statement for a few of these numbers. */
	String read(int room) {
		return "SELECT id, version, expires, body FROM " + this.name + " WHERE id IN (" + places(room) + ")";
	}

	/** For how many keys to read so many of them: 1, 10, 100 and so on. */
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

	/** Replaces a row as {@link #update}, and if it did, inserts another: PostgreSQL. */
	String move() {
		return "WITH replaced AS (" + update() + " RETURNING 1) INSERT INTO " + this.name
				+ " (version, expires, body, id) SELECT ?, ?, ?, ? FROM replaced";
	}

	String delete() {
		return "DELETE FROM " + this.name + " WHERE id = ?";
	}

	/** Whether the table is there. */
	String probe() {
		return "SELECT 1 FROM " + this.name + " WHERE 1 = 0";
	}

	/**
	 * One batch of the clean-up on PostgreSQL: rows that somebody else has locked are
	 * left to them. The array makes sure that the inner query runs once.
	 */
	String cleanUpSkippingLocked() {
		return "DELETE FROM " + this.name + " WHERE id = ANY (ARRAY(SELECT id FROM " + this.name
				+ " WHERE expires <= ? ORDER BY expires LIMIT ? FOR UPDATE SKIP LOCKED))";
	}

	/** The same, that says what it has removed. */
	String cleanUpReturning() {
		return cleanUpSkippingLocked() + " RETURNING id, version, expires, body";
	}

	/** What a batch elsewhere is about to remove, locked until it has. */
	String lockExpired(int ids) {
		return "SELECT id, version, expires, body FROM " + this.name + " WHERE id IN (" + places(ids)
				+ ") AND expires <= ? ORDER BY id FOR UPDATE";
	}

	/** The first half of a batch elsewhere; it locks nothing. */
	String findExpired() {
		return "SELECT id FROM " + this.name + " WHERE expires <= ? ORDER BY expires";
	}

	/** The second half, which looks again whether they have expired. */
	String deleteExpired(int ids) {
		return "DELETE FROM " + this.name + " WHERE id IN (" + places(ids) + ") AND expires <= ?";
	}

}
