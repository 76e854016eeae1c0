package io.sessionkit.storage.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

import io.sessionkit.SessionStorageException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Calls to Redis, and what became of those that failed.
 */
final class RedisCalls {

	/** Redis refuses a life that ends beyond its calendar; nobody waits for this one. */
	private static final Duration LONGEST_LIFE = Duration.ofDays(36_500);

	private final RedisConnectionFactory connections;

	RedisCalls(RedisConnectionFactory connections) {
		this.connections = Objects.requireNonNull(connections, "connections");
	}

	/** The time to live of a record, in milliseconds, at least 1. */
	static long life(Instant now, Instant expires) {
		Duration left = Duration.between(now, expires);
		return (left.compareTo(LONGEST_LIFE) < 0) ? Math.max(1, left.toMillis()) : LONGEST_LIFE.toMillis();
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

	/** Never the server's own words, which may repeat the arguments of the command. */
	private static String explain(String verb, Duration taken, RuntimeException failure) {
		if (RedisFailure.OUT_OF_MEMORY.causes(failure)) {
			return "Redis has reached its maxmemory, evicts nothing, and refused to " + verb
					+ " a session record; raise maxmemory, or set maxmemory-policy to volatile-ttl";
		}
		if (RedisFailure.READ_ONLY.causes(failure)) {
			return "Redis refused to " + verb + " a session record because it is a replica; after a failover this "
					+ "passes, otherwise connect to the master";
		}
		return "Redis failed to %s a session record within %d ms (%s); check that it is up and reachable, see the cause"
			.formatted(verb, taken.toMillis(), failure.getClass().getSimpleName());
	}

}
