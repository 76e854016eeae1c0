package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.storage.redis.RedisServers;
import io.sessionkit.storage.redis.SessionRedisConnectionFactory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jedis may write twice in a Redis Cluster, so it takes more than a property to get it.
 */
class JedisClusterTests {

	private final WebApplicationContextRunner application = Contexts.web()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisStorageAutoConfiguration.class))
		.withPropertyValues("sessionkit.storage=redis",
				"spring.data.redis.cluster.nodes=" + RedisServers.clusterNodes());

	@Test
	void byPropertiesItIsRefusedWithAnExplanation() {
		this.application.withPropertyValues("spring.data.redis.client-type=jedis").run((context) -> {
			FailureAnalysis analysis = new SessionKitFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("(spring.data.redis.client-type)", "Redis Cluster by Jedis",
					"repeats a command after a time-out", "a write may count twice");
			assertThat(analysis.getAction()).contains("Use Lettuce for Redis Cluster");
		});
	}

	@Test
	void byAFactoryOfTheApplicationsOwnItIsUsedWithOneWarning() {
		assertUsedWithOneWarning(this.application.withBean(RedisConnectionFactory.class, JedisClusterTests::factory));
	}

	@Test
	void byAMarkedFactoryItIsUsedWithOneWarning() {
		assertUsedWithOneWarning(this.application.withUserConfiguration(Marked.class));
	}

	private static void assertUsedWithOneWarning(WebApplicationContextRunner application) {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			application.run((context) -> {
				assertThat(context.getBean(SessionRedisConnections.class).factory()).isInstanceOfSatisfying(
						JedisConnectionFactory.class, (jedis) -> assertThat(jedis.isRedisClusterAware()).isTrue());
				assertThat(Contexts.setCookie(context)).startsWith("__Host-session=i1.");
			});
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("Redis Cluster by Jedis", "repeats a command after a time-out", "a write may count twice",
						"Use Lettuce for Redis Cluster");
		}
	}

	private static JedisConnectionFactory factory() {
		return new JedisConnectionFactory(
				new RedisClusterConfiguration(List.of(RedisServers.clusterNodes().split(","))),
				JedisClientConfiguration.builder().readTimeout(Duration.ofMillis(500)).build());
	}

	static final class Marked {

		@Bean(defaultCandidate = false)
		@SessionRedisConnectionFactory
		JedisConnectionFactory marked() {
			return factory();
		}

	}

}
