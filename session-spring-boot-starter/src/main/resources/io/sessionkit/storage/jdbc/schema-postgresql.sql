-- Sessions, for PostgreSQL. Can be run unchanged, also with Flyway or Liquibase.
-- Each renewal of a session updates the index, which rules out heap-only updates. This costs half as
-- much write-ahead log again and, in a large table, more work for the server. Without the index, each
-- cleanup of each instance would read the whole table.
CREATE TABLE IF NOT EXISTS sessionkit_session (
	id      varchar(43) COLLATE "C" NOT NULL PRIMARY KEY,
	version bigint   NOT NULL,
	expires bigint   NOT NULL,
	body    bytea    NOT NULL
);
CREATE INDEX IF NOT EXISTS sessionkit_session_expires ON sessionkit_session (expires);
