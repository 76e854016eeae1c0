-- Sessions, for PostgreSQL. Runs as it is, also by Flyway or Liquibase.
-- The index is touched by each renewal, which rules out heap-only updates: half as much write-ahead
-- log again, and in a large table more work for the server. Without it each clean-up on each node would read the whole table.
CREATE TABLE IF NOT EXISTS sessionkit_session (
	id      varchar(43) COLLATE "C" NOT NULL PRIMARY KEY,
	version bigint   NOT NULL,
	expires bigint   NOT NULL,
	body    bytea    NOT NULL
);
CREATE INDEX IF NOT EXISTS sessionkit_session_expires ON sessionkit_session (expires);
