package io.sessionkit.benchmarks.load;

import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.sessionkit.storage.jdbc.JdbcStorageStrategy;
import io.sessionkit.storage.redis.RedisStorageStrategy;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.serializer.GenericJacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisIndexedHttpSession;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The applications, each as a user would configure it. To add one, write a class here and
 * name it in {@link Variant}.
 */
final class Applications {

	private Applications() {
	}

	@EnableAutoConfiguration
	@Import(Probe.class)
	static class Bare {

	}

	/** In the cookie, in memory or in files, as a property says. */
	@Import({ Bare.class, SessionKitPages.class })
	static class SessionKit {

	}

	@Import({ SessionKit.class, Redis.class })
	static class SessionKitRedis {

		@Bean
		RedisStorageStrategy strategy(RedisConnectionFactory connections) {
			return new RedisStorageStrategy(connections, RedisStorageStrategy.DEFAULT_KEY_PREFIX);
		}

	}

	@Import({ SessionKit.class, Sql.class })
	static class SessionKitSql {

		@Bean
		JdbcStorageStrategy strategy(DataSource dataSource) {
			JdbcStorageStrategy strategy = new JdbcStorageStrategy(dataSource);
			strategy.createTable();
			return strategy;
		}

	}

	@Import({ Bare.class, HttpSessionPages.class })
	static class Container {

	}

	@EnableSpringHttpSession
	@Import(Container.class)
	static class SpringMap {

		@Bean
		MapSessionRepository repository() {
			return new MapSessionRepository(new ConcurrentHashMap<>());
		}

	}

	@EnableRedisHttpSession
	@Import({ Container.class, Redis.class })
	static class SpringRedis {

	}

	@EnableRedisHttpSession
	@Import({ Container.class, Redis.class })
	static class SpringRedisJson {

		/** Of this name Spring Session takes it. */
		@Bean
		RedisSerializer<Object> springSessionDefaultRedisSerializer() {
			return GenericJacksonJsonRedisSerializer.builder().build();
		}

	}

	@EnableRedisIndexedHttpSession
	@Import({ Container.class, Redis.class })
	static class SpringRedisIndexed {

	}

	@EnableJdbcHttpSession
	@Import({ Container.class, Sql.class })
	static class SpringSql {

	}

	@Import({ Bare.class, FloorPages.class })
	static class FloorCookie {

		@Bean
		FloorStore store() {
			return new FloorStore.InCookie();
		}

	}

	@Import({ Bare.class, FloorPages.class })
	static class FloorRedis {

		@Bean(destroyMethod = "shutdown")
		RedisClient client(@Value("${redis.port}") int port) {
			return RedisClient.create("redis://127.0.0.1:" + port);
		}

		@Bean
		FloorStore store(RedisClient client) {
			return new FloorStore.InRedis(client.connect(ByteArrayCodec.INSTANCE).sync());
		}

	}

	@Import({ Bare.class, FloorPages.class, Sql.class })
	static class FloorSql {

		@Bean
		FloorStore store(DataSource dataSource) {
			return new FloorStore.InTable(new JdbcTemplate(dataSource));
		}

	}

	static class Redis {

		@Bean
		LettuceConnectionFactory connections(@Value("${redis.port}") int port) {
			return new LettuceConnectionFactory("127.0.0.1", port);
		}

	}

	static class Sql {

		@Bean
		HikariDataSource dataSource(@Value("${sql.url}") String url) {
			HikariConfig config = new HikariConfig();
			config.setJdbcUrl(url);
			config.setMaximumPoolSize(10);
			return new HikariDataSource(config);
		}

		@Bean
		PlatformTransactionManager transactions(DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

	}

}
