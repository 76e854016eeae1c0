package io.sessionkit.spring.autoconfigure;

import java.util.Arrays;
import java.util.List;

import io.sessionkit.storage.redis.SessionRedisConnectionFactory;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The application's {@link RedisConnectionFactory} beans, of which one leads to the
 * sessions.
 */
final class RedisCandidates {

	private static final String SPRING_BOOT = "org.springframework.boot.data.redis.autoconfigure.";

	private final ConfigurableListableBeanFactory beanFactory;

	RedisCandidates(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Chooses the one that is marked, or else the only or primary one.
	 * @param marked those with {@link SessionRedisConnectionFactory}
	 */
	RedisConnectionFactory choose(ObjectProvider<RedisConnectionFactory> marked) {
		try {
			RedisConnectionFactory factory = marked.getIfAvailable();
			return (factory != null) ? factory : this.beanFactory.getBean(RedisConnectionFactory.class);
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
	boolean isOfSpringBoot(RedisConnectionFactory factory) {
		return Arrays.stream(this.beanFactory.getBeanNamesForType(RedisConnectionFactory.class))
			.filter((name) -> this.beanFactory.containsBeanDefinition(name)
					&& this.beanFactory.getBean(name) == factory)
			.map(this.beanFactory::getBeanDefinition)
			.map(BeanDefinition::getFactoryBeanName)
			.anyMatch((owner) -> owner != null && owner.startsWith(SPRING_BOOT));
	}

}
