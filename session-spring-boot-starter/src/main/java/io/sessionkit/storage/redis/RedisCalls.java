package io.sessionkit.storage.redis;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

import io.sessionkit.SessionStorageException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Calls Redis and explains failures.
 */
final class RedisCalls {

	private final RedisConnectionFactory connections;

	/** The permissions that the Redis user needs, in the syntax of its ACL. */
	private final String rights;

	/**
	 * The address that the connection factory reports; empty if its {@code toString()} is
	 * something else.
	 */
	private final String place;

	RedisCalls(RedisConnectionFactory connections, String rights) {
		this.connections = Objects.requireNonNull(connections, "connections");
		this.rights = rights;
		String name = connections.toString();
		this.place = name.matches("[\\w.:,/() \\[\\]-]+") ? " at " + name : "";
	}

	<T extends @Nullable Object> T call(String verb, Function<RedisConnection, T> command) {
		long begin = System.nanoTime();
		try (RedisConnection connection = this.connections.getConnection()) {
			return command.apply(connection);
		}
		catch (RuntimeException ex) {
			throw new SessionStorageException(explain(verb, Duration.ofNanos(System.nanoTime() - begin), ex), ex);
		}
	}

	private String explain(String verb, Duration taken, RuntimeException failure) {
		String redis = "Redis" + this.place;
		if (RedisFailure.OUT_OF_MEMORY.causes(failure)) {
			return redis + " has reached its maxmemory, does not evict, and refused to " + verb
					+ " a session record; raise maxmemory, or set maxmemory-policy to volatile-ttl";
		}
		if (RedisFailure.READ_ONLY.causes(failure)) {
			return redis + " refused to " + verb + " a session record because it is a replica; this passes after a "
					+ "failover, otherwise connect to the master";
		}
		String reason = SessionStorageException.reason(failure);
		if (RedisFailure.NO_PERMISSION.causes(failure)) {
			return ("%s denied permission to %s a session record (%s); grant its user the keys %s").formatted(redis,
					verb, reason, this.rights);
		}
		if (RedisFailure.WRONG_PASSWORD.causes(failure) || RedisFailure.NO_PASSWORD.causes(failure)) {
			return ("%s rejected the user or the password (%s); correct spring.data.redis.username and "
					+ "spring.data.redis.password")
				.formatted(redis, reason);
		}
		return "%s failed to %s a session record%s (%s: %s); check that it is up and reachable".formatted(redis, verb,
				how(taken, failure), failure.getClass().getSimpleName(), reason);
	}

	/** What was refused without a connection has taken no time that says anything. */
	private static String how(Duration taken, RuntimeException failure) {
		if (failure instanceof RedisConnectionFailureException) {
			return ", because there is no connection to it";
		}
		return (taken.toMillis() > 0) ? " within " + taken.toMillis() + " ms" : " at once";
	}

}
