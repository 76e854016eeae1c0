-- Sessions, for MySQL. Can be run unchanged, also with Flyway or Liquibase.
CREATE TABLE IF NOT EXISTS sessionkit_session (
	id      CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
	version BIGINT NOT NULL,
	expires BIGINT NOT NULL,
	body    MEDIUMBLOB NOT NULL,
	INDEX sessionkit_session_expires (expires)
) ENGINE = InnoDB;
