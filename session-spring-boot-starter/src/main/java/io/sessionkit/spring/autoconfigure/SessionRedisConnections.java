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
 * The connections of the strategy. Not a {@link RedisConnectionFactory} itself, or the
 * application would have one more to choose from.
 *
 * @param factory what gives them
 * @param closing what ends them with the application; nothing where they are not ours
 */
record SessionRedisConnections(RedisConnectionFactory factory, Runnable closing) implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SessionRedisConnections.class);

	private static final String SPRING_BOOT = "org.springframework.boot.data.redis.autoconfigure.";

	/**
	 * Opens connections to where the factory leads that is marked, or else the only or
	 * primary one.
	 * @param marked those with {@link SessionRedisConnectionFactory}
	 * @param timeout what a call to the store may take
	 * @throws SessionKitConfigurationException if there are several, or if it is of Jedis
	 */
	static SessionRedisConnections open(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<RedisConnectionFactory> marked, Duration timeout) {
		RedisConnectionFactory factory = choose(beanFactory, marked);
		boolean ofSpringBoot = isOfSpringBoot(factory, beanFactory);
		if (factory instanceof JedisConnectionFactory) {
			throw new SessionKitConfigurationException(
					ofSpringBoot ? "spring.data.redis.client-type" : SessionStorageAutoConfiguration.STORAGE,
					"Sessions are kept in Redis over Lettuce only, and the RedisConnectionFactory is one of Jedis",
					(ofSpringBoot
							? "Add the dependency io.lettuce:lettuce-core, and set spring.data.redis.client-type to "
									+ "'lettuce' or remove it. "
							: "Replace the bean by a LettuceConnectionFactory (io.lettuce:lettuce-core). ")
							+ "If the rest of the application needs Jedis, define a LettuceConnectionFactory too, with "
							+ "@Bean(defaultCandidate = false) and @SessionRedisConnectionFactory.");
		}
		// A proxy, for instance, does not tell where it leads.
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
							+ " is 'redis', and any of the RedisConnectionFactory beans " + names
							+ " could lead to the sessions",
					"Mark exactly one of them with @" + SessionRedisConnectionFactory.class.getSimpleName() + " ("
							+ SessionRedisConnectionFactory.class.getPackageName() + "), or make one @Primary.");
		}
	}

	/**
	 * Whether a factory is the auto-configured one, of which all that matters is where it
	 * leads and how it identifies itself.
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
						"The command time-out of the application's RedisConnectionFactory is {}, and "
								+ "sessionkit.timeout is {} ms: requests wait that long for their session while Redis "
								+ "is slow. Set the command time-out of the factory to {} ms, or mark one that has it "
								+ "with @SessionRedisConnectionFactory.",
						(own == 0) ? "unlimited" : own + " ms", timeout.toMillis(), timeout.toMillis());
			}
		}
		return new SessionRedisConnections(factory, () -> {
		});
	}

	/**
	 * Tries what the store allows, over a connection of our own, which refuses at once
	 * where it is not there; one of the application's may wait for a minute.
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
						"The session store failed at startup. Requests that need their session get 503 as long as "
								+ "that lasts; a connection is tried every {} ms: {}",
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
