package io.sessionkit.spring.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.SocketAddressResolver;
import io.sessionkit.storage.redis.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our connection finds Redis as the application's own does, and takes nothing from it.
 */
class RedisClientResourcesTests {

	private static RedisProcess redis;

	private final WebApplicationContextRunner application = Contexts.web()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisStorageAutoConfiguration.class))
		.withPropertyValues("sessionkit.storage=redis", "spring.data.redis.host=redis.nat.invalid",
				"spring.data.redis.port=1");

	@BeforeAll
	static void start() {
		redis = RedisProcess.running();
	}

	@AfterAll
	static void stop() {
		if (redis != null) {
			redis.close();
		}
	}

	/** Leads to our server whatever is asked for, as in a network with translation. */
	private static SocketAddressResolver translation() {
		return new SocketAddressResolver(DnsResolvers.UNRESOLVED) {

			@Override
			public SocketAddress resolve(RedisURI uri) {
				return new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port());
			}

		};
	}

	@Test
	void theApplicationsOwnAreUsedWithOurDelay() {
		this.application
			.withBean(ClientResources.class,
					() -> ClientResources.builder().socketAddressResolver(translation()).build())
			.run(RedisClientResourcesTests::assertUsed);
	}

	@Test
	void theApplicationsCustomizersOfThemCount() {
		this.application
			.withBean(ClientResourcesBuilderCustomizer.class,
					() -> (resources) -> resources.socketAddressResolver(translation()))
			.run(RedisClientResourcesTests::assertUsed);
	}

	private static void assertUsed(AssertableWebApplicationContext context) {
		redis.admin().commands().flushall();
		Contexts.setCookie(context);
		assertThat(redis.admin().keys()).hasSize(1);
		LastingRedisConnectionFactory connection = (LastingRedisConnectionFactory) context
			.getBean(SessionRedisConnections.class)
			.factory();
		ClientResources ours = connection.connected().getClientConfiguration().getClientResources().orElseThrow();
		assertThat(ours.reconnectDelay().createDelay(50)).isEqualTo(Duration.ofMillis(200));
		assertThat(context.getBean(ClientResources.class).reconnectDelay().createDelay(50))
			.isNotEqualTo(Duration.ofMillis(200));
	}

	@Test
	void theEndOfOursLeavesTheApplicationsOwnAlone() {
		this.application
			.withBean(ClientResourcesBuilderCustomizer.class,
					() -> (resources) -> resources.socketAddressResolver(translation()))
			.run((context) -> {
				ClientResources theirs = context.getBean(ClientResources.class);
				context.getBean(SessionRedisConnections.class).close();
				assertThat(theirs.eventExecutorGroup().isShuttingDown()).isFalse();
				theirs.timer().newTimeout((timeout) -> {
				}, 1, TimeUnit.MILLISECONDS).cancel();
				try (RedisConnection connection = context.getBean(RedisConnectionFactory.class).getConnection()) {
					assertThat(connection.ping()).isEqualTo("PONG");
				}
			});
	}

}
