package io.sessionkit.storage.jdbc;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Host and port of a database, for messages. The rest of its URL is not shown, since it
 * may contain the password.
 */
final class DatabaseAddress {

	private static final boolean HIKARI = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			DatabaseAddress.class.getClassLoader());

	/** Matches nothing if a second @ could be part of a password. */
	private static final Pattern HOSTS = Pattern.compile("//(?:[^/?;@]*@)?([\\w.:,\\[\\]-]+)(?=[/?;][^@]*$|$)");

	private DatabaseAddress() {
	}

	/** Returns " at host:port", or an empty string if the address is unknown. */
	static String at(DataSource dataSource) {
		return HIKARI ? ofUrl(Hikari.url(dataSource)) : "";
	}

	static String ofUrl(@Nullable String url) {
		Matcher hosts = HOSTS.matcher((url != null) ? url : "");
		return hosts.find() ? " at " + hosts.group(1) : "";
	}

	/** Loaded only if HikariCP is present. */
	private static final class Hikari {

		static @Nullable String url(DataSource dataSource) {
			try {
				return dataSource.isWrapperFor(HikariDataSource.class)
						? dataSource.unwrap(HikariDataSource.class).getJdbcUrl() : null;
			}
			catch (SQLException ex) {
				return null;
			}
		}

	}

}
