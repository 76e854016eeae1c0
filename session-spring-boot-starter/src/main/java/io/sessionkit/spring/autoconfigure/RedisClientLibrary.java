package io.sessionkit.spring.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Whose connections a factory makes. Told by the names of its classes, since those of a
 * library that is missing cannot be loaded.
 */
enum RedisClientLibrary {

	LETTUCE("org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory"),

	JEDIS("org.springframework.data.redis.connection.jedis.JedisConnectionFactory"),

	OTHER("");

	private final String factoryClass;

	RedisClientLibrary(String factoryClass) {
		this.factoryClass = factoryClass;
	}

	static RedisClientLibrary of(RedisConnectionFactory factory) {
		for (Class<?> type = factory.getClass(); type != null; type = type.getSuperclass()) {
			for (RedisClientLibrary library : values()) {
				if (library.factoryClass.equals(type.getName())) {
					return library;
				}
			}
		}
		return OTHER;
	}

	/**
	 * How long a command over a factory may take.
	 * @return zero for ever; {@code null} where the factory does not tell
	 */
	static @Nullable Duration timeout(RedisConnectionFactory factory) {
		return switch (of(factory)) {
			case LETTUCE -> Duration.ofMillis(((LettuceConnectionFactory) factory).getTimeout());
			case JEDIS -> Duration.ofMillis(((JedisConnectionFactory) factory).getTimeout());
			case OTHER -> null;
		};
	}

	/** Whether a command over a factory may run twice although it was asked for once. */
	static boolean repeatsCommands(RedisConnectionFactory factory) {
		return of(factory) == JEDIS && ((JedisConnectionFactory) factory).isRedisClusterAware();
	}

}
