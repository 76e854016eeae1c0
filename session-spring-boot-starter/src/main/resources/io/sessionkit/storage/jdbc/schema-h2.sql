-- Sessions, for H2. Can be run unchanged, also with Flyway or Liquibase.
CREATE TABLE IF NOT EXISTS sessionkit_session (
	id      CHARACTER VARYING(43) NOT NULL PRIMARY KEY,
	version BIGINT NOT NULL,
	expires BIGINT NOT NULL,
	body    BINARY VARYING(1048576) NOT NULL
);
CREATE INDEX IF NOT EXISTS sessionkit_session_expires ON sessionkit_session (expires);
