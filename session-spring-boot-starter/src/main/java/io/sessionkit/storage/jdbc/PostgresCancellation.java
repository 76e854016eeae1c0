package io.sessionkit.storage.jdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Cancels what a connection of PostgreSQL does. Not by {@code Statement.cancel()}, for
 * which the thread that executes the statement waits, 10 seconds where the server stands
 * still. By reflection, since the driver does not compile without its own annotations.
 */
final class PostgresCancellation {

	private static final String CONNECTION = "org.postgresql.PGConnection";

	private static final @Nullable Method CANCEL = find();

	private PostgresCancellation() {
	}

	private static @Nullable Method find() {
		ClassLoader loader = PostgresCancellation.class.getClassLoader();
		return ClassUtils.isPresent(CONNECTION, loader)
				? ClassUtils.getMethodIfAvailable(ClassUtils.resolveClassName(CONNECTION, loader), "cancelQuery")
				: null;
	}

	/**
	 * Sends a cancellation and waits until the server has taken it.
	 * @return whether this is a connection of PostgreSQL
	 */
	static boolean send(Connection connection) throws SQLException {
		if (CANCEL == null || !connection.isWrapperFor(CANCEL.getDeclaringClass())) {
			return false;
		}
		ReflectionUtils.invokeMethod(CANCEL, connection.unwrap(CANCEL.getDeclaringClass()));
		return true;
	}

}
