package io.sessionkit.spring.autoconfigure;

import java.time.Duration;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The connections of the strategy. Not a {@link RedisConnectionFactory} itself, or the
 * application would have one more to choose from.
 *
 * @param factory what gives them
 * @param closing what ends them with the application; nothing where they are not ours
 */
record SessionRedisConnections(RedisConnectionFactory factory, Runnable closing) implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SessionRedisConnections.class);

	/**
	 * Takes a factory as it is.
	 * @param timeout what a call to the store may take
	 */
	static SessionRedisConnections foreign(RedisConnectionFactory factory, Duration timeout) {
		Duration own = RedisClientLibrary.timeout(factory);
		if (own != null && (own.isZero() || own.compareTo(timeout) > 0)) {
			logger.warn(
					"The command time-out of the application's RedisConnectionFactory is {}, and sessionkit.timeout is "
							+ "{} ms: requests wait that long for their session while Redis is slow. Set the command "
							+ "time-out of the factory to {} ms, or mark one that has it with "
							+ "@SessionRedisConnectionFactory.",
					own.isZero() ? "unlimited" : own.toMillis() + " ms", timeout.toMillis(), timeout.toMillis());
		}
		if (RedisClientLibrary.repeatsCommands(factory)) {
			logger.warn("The application's RedisConnectionFactory leads to a Redis Cluster by Jedis, which repeats a "
					+ "command after a time-out, so that a write may count twice and requests wait for several "
					+ "time-outs. Use Lettuce for Redis Cluster, or mark a factory of Lettuce with "
					+ "@SessionRedisConnectionFactory.");
		}
		return new SessionRedisConnections(factory, () -> {
		});
	}

	/**
	 * Tries what the store allows, over a connection of our own, which refuses at once
	 * where it is not there; one of the application's may wait for a minute.
	 */
	SessionIdStorageStrategy checked(SessionIdStorageStrategy strategy) {
		if (this.factory instanceof LastingConnection) {
			try {
				StoreRights rights = new StoreRights(strategy);
				rights.read();
				rights.write();
			}
			catch (SessionStorageException ex) {
				logger.warn(
						"The session store failed at startup. Requests that need their session get 503 as long as "
								+ "that lasts; a connection is tried every {} ms: {}",
						LastingConnection.RECONNECT_DELAY.toMillis(), ex.getMessage());
			}
		}
		return strategy;
	}

	@Override
	public void close() {
		this.closing.run();
	}

}
