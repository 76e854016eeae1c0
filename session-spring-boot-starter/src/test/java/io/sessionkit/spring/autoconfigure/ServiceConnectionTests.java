package io.sessionkit.spring.autoconfigure;

import java.util.UUID;

import javax.sql.DataSource;

import io.sessionkit.storage.jdbc.Table;
import io.sessionkit.storage.redis.RedisProcess;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions follow the connection details that Docker Compose support and the service
 * connections of Testcontainers define as beans, which win over the properties.
 */
class ServiceConnectionTests {

	private static final WebApplicationContextRunner REDIS = Contexts.web()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisStorageAutoConfiguration.class))
		.withPropertyValues("sessionkit.storage=redis", "sessionkit.timeout=10s", "spring.data.redis.host=localhost",
				"spring.data.redis.port=1");

	@Test
	void sessionsAreInTheRedisOfTheServiceConnection() {
		try (RedisProcess redis = RedisProcess.running()) {
			REDIS.withBean(DataRedisConnectionDetails.class, () -> new DataRedisConnectionDetails() {

				@Override
				public Standalone getStandalone() {
					return Standalone.of("127.0.0.1", redis.port());
				}

			}).run((context) -> {
				String cookie = Contexts.cookie(Contexts.setCookie(context));
				assertThat(Contexts.storage(context).getSession(cookie).get("user")).isEqualTo("42");
				assertThat(redis.admin().keys()).hasSize(1);
			});
		}
	}

	@Test
	void sessionsAreInTheDatabaseOfTheServiceConnection() {
		String url = "jdbc:h2:mem:" + UUID.randomUUID();
		Contexts.web()
			.withConfiguration(
					AutoConfigurations.of(JdbcStorageAutoConfiguration.class, DataSourceAutoConfiguration.class))
			.withPropertyValues("sessionkit.storage=jdbc", "spring.datasource.url=jdbc:h2:tcp://localhost:1/none")
			.withBean(JdbcConnectionDetails.class, () -> new JdbcConnectionDetails() {

				@Override
				public String getUsername() {
					return "shop";
				}

				@Override
				public String getPassword() {
					return "secret";
				}

				@Override
				public String getJdbcUrl() {
					return url;
				}

			})
			.run((context) -> {
				Contexts.setCookie(context);
				DataSource dataSource = context.getBean(DataSource.class);
				assertThat(new Table(dataSource, "sessionkit_session").ask("SELECT count(*) FROM sessionkit_session"))
					.isEqualTo(1);
			});
	}

}
