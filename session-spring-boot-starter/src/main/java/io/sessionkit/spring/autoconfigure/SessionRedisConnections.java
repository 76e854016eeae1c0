package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorageException;
import io.sessionkit.storage.redis.SessionRedisConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The connections of the strategy. This is not a {@link RedisConnectionFactory} itself,
 * so that the application does not get another bean of that type.
 *
 * @param factory the source of the connections
 * @param closing closes the connections at shutdown; does nothing if they belong to the
 * application
 */
record SessionRedisConnections(RedisConnectionFactory factory, Runnable closing) implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SessionRedisConnections.class);

	private static final String SPRING_BOOT = "org.springframework.boot.data.redis.autoconfigure.";

	/**
	 * Opens connections to the servers of the marked connection factory, or else of the
	 * only or primary one.
	 * @param marked the beans with {@link SessionRedisConnectionFactory}
	 * @param timeout how long a call to the store may take
	 * @throws SessionKitConfigurationException if there are several factories, or if it
	 * is a Jedis connection factory
	 */
	static SessionRedisConnections open(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<RedisConnectionFactory> marked, Duration timeout) {
		RedisConnectionFactory factory = choose(beanFactory, marked);
		boolean ofSpringBoot = isOfSpringBoot(factory, beanFactory);
		if (factory instanceof JedisConnectionFactory) {
			throw new SessionKitConfigurationException(
					ofSpringBoot ? "spring.data.redis.client-type" : SessionStorageAutoConfiguration.STORAGE,
					"Sessions are kept in Redis over Lettuce only, but the RedisConnectionFactory uses Jedis",
					(ofSpringBoot
							? "Add the dependency io.lettuce:lettuce-core, and set spring.data.redis.client-type to "
									+ "'lettuce' or remove it. "
							: "Replace the bean with a LettuceConnectionFactory (io.lettuce:lettuce-core). ")
							+ "If the rest of the application needs Jedis, also define a LettuceConnectionFactory with "
							+ "@Bean(defaultCandidate = false) and @SessionRedisConnectionFactory.");
		}
		// The servers of a proxy, for instance, are unknown.
		return (ofSpringBoot && factory instanceof LettuceConnectionFactory lettuce)
				? LettuceSessionConnections.open(lettuce, beanFactory, timeout) : foreign(factory, timeout);
	}

	private static RedisConnectionFactory choose(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<RedisConnectionFactory> marked) {
		try {
			RedisConnectionFactory factory = marked.getIfAvailable();
			return (factory != null) ? factory : beanFactory.getBean(RedisConnectionFactory.class);
		}
		catch (NoUniqueBeanDefinitionException ex) {
			List<String> names = (ex.getBeanNamesFound() != null) ? List.copyOf(ex.getBeanNamesFound()) : List.of();
			throw new SessionKitConfigurationException(SessionStorageAutoConfiguration.STORAGE,
					SessionStorageAutoConfiguration.STORAGE
							+ " is 'redis', but each of the RedisConnectionFactory beans " + names
							+ " could be the one for sessions",
					"Mark exactly one of them with @" + SessionRedisConnectionFactory.class.getSimpleName() + " ("
							+ SessionRedisConnectionFactory.class.getPackageName() + "), or make one @Primary.");
		}
	}

	/**
	 * Whether this is the auto-configured connection factory, of which only addresses and
	 * credentials matter.
	 */
	private static boolean isOfSpringBoot(RedisConnectionFactory factory, ConfigurableListableBeanFactory beanFactory) {
		return Arrays.stream(beanFactory.getBeanNamesForType(RedisConnectionFactory.class))
			.filter((name) -> beanFactory.containsBeanDefinition(name) && beanFactory.getBean(name) == factory)
			.map(beanFactory::getBeanDefinition)
			.map(BeanDefinition::getFactoryBeanName)
			.anyMatch((owner) -> owner != null && owner.startsWith(SPRING_BOOT));
	}

	private static SessionRedisConnections foreign(RedisConnectionFactory factory, Duration timeout) {
		if (factory instanceof LettuceConnectionFactory lettuce) {
			long own = lettuce.getTimeout();
			if (own == 0 || own > timeout.toMillis()) {
				logger.warn(
						"The command timeout of the application's RedisConnectionFactory is {}, but "
								+ "sessionkit.timeout is {} ms. Requests wait for the former while Redis is slow. "
								+ "Set the command timeout of the factory to {} ms, or mark another one "
								+ "with @SessionRedisConnectionFactory.",
						(own == 0) ? "unlimited" : own + " ms", timeout.toMillis(), timeout.toMillis());
			}
		}
		return new SessionRedisConnections(factory, () -> {
		});
	}

	/**
	 * Tests whether the store can be read and written if the connection is our own, which
	 * fails at once if it is not open. A connection of the application might wait for a
	 * minute.
	 */
	SessionIdStorageStrategy checked(SessionIdStorageStrategy strategy) {
		if (this.factory instanceof LastingRedisConnectionFactory) {
			try {
				StoreRights rights = new StoreRights(strategy);
				rights.read();
				rights.write();
			}
			catch (SessionStorageException ex) {
				logger.warn(
						"The session store failed at startup. Requests that need their session get 503 while this "
								+ "lasts; the connection is retried every {} ms: {}",
						LastingRedisConnectionFactory.RECONNECT_DELAY.toMillis(), ex.getMessage());
			}
		}
		return strategy;
	}

	@Override
	public void close() {
		this.closing.run();
	}

}
