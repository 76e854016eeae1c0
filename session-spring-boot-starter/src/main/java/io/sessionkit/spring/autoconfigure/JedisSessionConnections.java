package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.util.Objects;

import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.ConnectionPoolConfig;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration.JedisClientConfigurationBuilder;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration.JedisSslClientConfigurationBuilder;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/**
 * A pool of our own to where Spring Boot's Jedis pool leads, with our time-out for the
 * wait, the connect and the answer.
 */
final class JedisSessionConnections {

	private static final Duration IDLE_CHECK = Duration.ofSeconds(1);

	private JedisSessionConnections() {
	}

	static SessionRedisConnections open(RedisConnectionFactory springBoots, Duration timeout) {
		JedisConnectionFactory theirs = (JedisConnectionFactory) springBoots;
		JedisClientConfiguration client = client(theirs.getClientConfiguration(), timeout);
		LastingConnection connection = new LastingConnection(() -> {
			JedisConnectionFactory ours = create(theirs, client);
			ours.afterPropertiesSet();
			return ours;
		}, null).open();
		return new SessionRedisConnections(connection, connection::close);
	}

	private static JedisConnectionFactory create(JedisConnectionFactory theirs, JedisClientConfiguration client) {
		RedisSentinelConfiguration sentinel = theirs.getSentinelConfiguration();
		if (sentinel != null) {
			return new JedisConnectionFactory(sentinel, client);
		}
		RedisClusterConfiguration cluster = theirs.getClusterConfiguration();
		if (cluster != null) {
			return new JedisConnectionFactory(cluster, client);
		}
		return new JedisConnectionFactory(Objects.requireNonNull(theirs.getStandaloneConfiguration()), client);
	}

	private static JedisClientConfiguration client(JedisClientConfiguration theirs, Duration timeout) {
		JedisClientConfigurationBuilder ours = JedisClientConfiguration.builder()
			.connectTimeout(timeout)
			.readTimeout(timeout);
		theirs.getClientName().ifPresent(ours::clientName);
		theirs.getClientConfigCustomizer().ifPresent(ours::customizeClientConfig);
		theirs.getClientCustomizer().ifPresent(ours::customizeClient);
		if (theirs.isUseSsl()) {
			JedisSslClientConfigurationBuilder tls = ours.useSsl();
			theirs.getSslSocketFactory().ifPresent(tls::sslSocketFactory);
			theirs.getSslParameters().ifPresent(tls::sslParameters);
			theirs.getHostnameVerifier().ifPresent(tls::hostnameVerifier);
		}
		ours.usePooling().poolConfig(pool(theirs, timeout));
		return ours.build();
	}

	/**
	 * Looks after idle connections, or each dead one would cost a request after a
	 * restart.
	 */
	private static GenericObjectPoolConfig<?> pool(JedisClientConfiguration theirs, Duration timeout) {
		GenericObjectPoolConfig<?> pool = theirs.getPoolConfig().isPresent() ? theirs.getPoolConfig().get().clone()
				: new ConnectionPoolConfig();
		pool.setMaxWait(timeout);
		pool.setTestWhileIdle(true);
		pool.setNumTestsPerEvictionRun(-1);
		pool.setTimeBetweenEvictionRuns(IDLE_CHECK);
		return pool;
	}

}
