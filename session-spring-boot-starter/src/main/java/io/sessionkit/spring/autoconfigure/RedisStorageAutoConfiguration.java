package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.storage.redis.RedisStorageStrategy;
import io.sessionkit.storage.redis.SessionRedisConnectionFactory;
import io.sessionkit.storage.redis.SharedRedisStorageStrategy;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Auto-configuration for sessions in Redis. It opens a connection of its own to the
 * servers of Spring Boot's Redis connection, or uses the application's own
 * {@link RedisConnectionFactory} bean as it is.
 */
@AutoConfiguration(before = SessionStorageAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ RedisConnectionFactory.class, DataRedisConnectionDetails.class })
@ConditionalOnSessionStore(value = SessionKitProperties.Storage.REDIS, missing = "there is no Redis connection",
		remedy = "Add the dependency org.springframework.boot:spring-boot-starter-data-redis, and set "
				+ "spring.data.redis.host or spring.data.redis.url.")
@ConditionalOnBean(RedisConnectionFactory.class)
@ConditionalOnMissingBean({ SessionStorage.class, SessionIdStorageStrategy.class })
@EnableConfigurationProperties(SessionKitProperties.class)
public final class RedisStorageAutoConfiguration {

	@Bean
	SessionRedisConnections sessionRedisConnections(ConfigurableListableBeanFactory beanFactory,
			@SessionRedisConnectionFactory ObjectProvider<RedisConnectionFactory> marked,
			SessionKitProperties properties) {
		return SessionRedisConnections.open(beanFactory, marked, properties.timeout());
	}

	@Bean(SessionStorageAutoConfiguration.STRATEGY_BEAN)
	SessionIdStorageStrategy redisStorageStrategy(SessionRedisConnections connections,
			SessionKitProperties properties) {
		String prefix = properties.redis().keyPrefix();
		return connections.checked(FormatProperty.sharesRecords(properties)
				? new SharedRedisStorageStrategy(connections.factory(), prefix, properties.format())
				: new RedisStorageStrategy(connections.factory(), prefix));
	}

}
