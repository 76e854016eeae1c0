package io.sessionkit.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.serializer.GenericJacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializer;
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

	private static final long PATIENCE_MILLIS = 2000;

	private Applications() {
	}

	@EnableAutoConfiguration
	@Import({ Probe.class, Fat.class })
	static class Bare {

	}

	/** Where its sessions are kept, properties say. */
	@Import({ Bare.class, SessionKitPages.class })
	static class SessionKit {

	}

	@Import({ SessionKit.class, Sql.class })
	static class SessionKitSql {

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
	@Import(Container.class)
	static class SpringRedis {

	}

	@EnableRedisHttpSession
	@Import(Container.class)
	static class SpringRedisJson {

		/** Of this name Spring Session takes it. */
		@Bean
		RedisSerializer<Object> springSessionDefaultRedisSerializer() {
			return GenericJacksonJsonRedisSerializer.builder().build();
		}

	}

	@EnableRedisIndexedHttpSession
	@Import(Container.class)
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
			return new CookieFloor();
		}

	}

	@Import({ Bare.class, FloorPages.class })
	static class FloorMemory {

		@Bean
		FloorStore store() {
			return new MemoryFloor();
		}

	}

	@Import({ Bare.class, FloorPages.class })
	static class FloorFile {

		@Bean
		FloorStore store(@Value("${sessionkit.file.directory}") Path directory) throws IOException {
			return new FileFloor(Files.createDirectories(directory));
		}

	}

	@Import({ Bare.class, FloorPages.class })
	static class FloorRedis {

		@Bean(destroyMethod = "shutdown")
		RedisClient client(@Value("${spring.data.redis.port}") int port) {
			return RedisClient.create("redis://127.0.0.1:" + port);
		}

		@Bean
		FloorStore store(RedisClient client) {
			return new RedisFloor(client.connect(ByteArrayCodec.INSTANCE).sync());
		}

	}

	@Import({ Bare.class, FloorPages.class, Sql.class })
	static class FloorSql {

		@Bean
		FloorStore store(DataSource dataSource) {
			return new SqlFloor(dataSource);
		}

	}

	static class Sql {

		@Bean
		HikariDataSource dataSource(@Value("${sql.url}") String url) {
			HikariConfig config = new HikariConfig();
			config.setJdbcUrl(url);
			config.setMaximumPoolSize(10);
			// As the documentation asks for: no longer than a call of the session.
			config.setConnectionTimeout(PATIENCE_MILLIS);
			config.setValidationTimeout(PATIENCE_MILLIS / 2);
			return new HikariDataSource(config);
		}

		@Bean
		PlatformTransactionManager transactions(DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

	}

}
