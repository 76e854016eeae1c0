package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.util.Objects;

import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.ConnectionPoolConfig;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration.JedisClientConfigurationBuilder;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration.JedisSslClientConfigurationBuilder;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/**
 * A pool of our own to where Spring Boot's Jedis pool leads. A call may wait for a
 * connection and then for an answer, and Jedis has a time-out for each step but none for
 * the call: so each step gets half of ours.
 */
final class JedisSessionConnections {

	private static final Duration IDLE_CHECK = Duration.ofSeconds(1);

	private JedisSessionConnections() {
	}

	/**
	 * Opens the pool.
	 * @throws SessionKitConfigurationException if it leads to a Redis Cluster
	 */
	static SessionRedisConnections open(RedisConnectionFactory springBoots, Duration timeout) {
		JedisConnectionFactory theirs = (JedisConnectionFactory) springBoots;
		if (theirs.isRedisClusterAware()) {
			throw new SessionKitConfigurationException("spring.data.redis.client-type",
					"The sessions are kept in a Redis Cluster by Jedis, which repeats a command after a time-out, so "
							+ "that a write may count twice",
					"Use Lettuce for Redis Cluster: add io.lettuce:lettuce-core and set "
							+ "spring.data.redis.client-type to 'lettuce'.");
		}
		JedisClientConfiguration client = client(theirs.getClientConfiguration(), timeout.dividedBy(2));
		RedisSentinelConfiguration sentinel = theirs.getSentinelConfiguration();
		RedisStandaloneConfiguration single = Objects.requireNonNull(theirs.getStandaloneConfiguration());
		LastingConnection connection = new LastingConnection(() -> {
			JedisConnectionFactory ours = (sentinel != null) ? new JedisConnectionFactory(sentinel, client)
					: new JedisConnectionFactory(single, client);
			ours.afterPropertiesSet();
			return ours;
		}, null, (sentinel != null) ? sentinel : single).open();
		return new SessionRedisConnections(connection, connection::close);
	}

	private static JedisClientConfiguration client(JedisClientConfiguration theirs, Duration step) {
		JedisClientConfigurationBuilder ours = JedisClientConfiguration.builder()
			.connectTimeout(step)
			.readTimeout(step);
		theirs.getClientName().ifPresent(ours::clientName);
		theirs.getClientConfigCustomizer().ifPresent(ours::customizeClientConfig);
		theirs.getClientCustomizer().ifPresent(ours::customizeClient);
		if (theirs.isUseSsl()) {
			JedisSslClientConfigurationBuilder tls = ours.useSsl();
			theirs.getSslSocketFactory().ifPresent(tls::sslSocketFactory);
			theirs.getSslParameters().ifPresent(tls::sslParameters);
			theirs.getHostnameVerifier().ifPresent(tls::hostnameVerifier);
		}
		ours.usePooling().poolConfig(pool(theirs, step));
		return ours.build();
	}

	/**
	 * Looks after idle connections, or each dead one would cost a request after a
	 * restart.
	 */
	private static GenericObjectPoolConfig<?> pool(JedisClientConfiguration theirs, Duration step) {
		GenericObjectPoolConfig<?> pool = theirs.getPoolConfig().isPresent() ? theirs.getPoolConfig().get().clone()
				: new ConnectionPoolConfig();
		pool.setMaxWait(step);
		pool.setTestWhileIdle(true);
		pool.setNumTestsPerEvictionRun(-1);
		pool.setTimeBetweenEvictionRuns(IDLE_CHECK);
		return pool;
	}

}
