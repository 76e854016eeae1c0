package io.sessionkit.spring.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.storage.redis.RedisProcess;
import io.sessionkit.storage.redis.RedisStorageStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Over which connection an application keeps its sessions in Redis. */
class RedisAutoConfigurationTests {

	private static final String PASSWORD = "aPassw0rd-of-redis";

	private static RedisProcess redis;

	private final WebApplicationContextRunner application = Contexts.web()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisStorageAutoConfiguration.class))
		.withPropertyValues("sessionkit.storage=redis");

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

	@BeforeEach
	void empty() {
		redis.admin().commands().flushall();
	}

	private WebApplicationContextRunner connected(String... properties) {
		return this.application.withPropertyValues(redis.properties()).withPropertyValues(properties);
	}

	private static LettuceConnectionFactory ours(AssertableWebApplicationContext context) {
		LastingRedisConnectionFactory connection = (LastingRedisConnectionFactory) context
			.getBean(SessionRedisConnections.class)
			.factory();
		return connection.connected();
	}

	private static String analysis(AssertableWebApplicationContext context) {
		FailureAnalysis analysis = new SessionKitFailureAnalyzer().analyze(context.getStartupFailure());
		return analysis.getDescription() + " " + analysis.getAction();
	}

	private static List<String> keys() {
		return redis.admin().keys().stream().map((key) -> new String(key, StandardCharsets.US_ASCII)).toList();
	}

	@Test
	void theConnectionIsOurOwnWithOurTimeoutAndRejectsWhileDisconnected() {
		connected("sessionkit.timeout=321ms", "spring.data.redis.lettuce.read-from=replica-preferred")
			.run((context) -> {
				assertThat(context).hasSingleBean(RedisConnectionFactory.class);
				assertThat(context.getBean(RedisConnectionFactory.class)).isNotSameAs(ours(context));
				assertThat(ours(context).getTimeout()).isEqualTo(321);
				assertThat(ours(context).getShareNativeConnection()).isTrue();
				LettuceClientConfiguration client = ours(context).getClientConfiguration();
				assertThat(client.getReadFrom()).as("reads from the master").isEmpty();
				assertThat(client.getClientResources().orElseThrow().reconnectDelay().createDelay(50))
					.isEqualTo(Duration.ofMillis(200));
				ClientOptions options = client.getClientOptions().orElseThrow();
				assertThat(options.getDisconnectedBehavior())
					.isEqualTo(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
				assertThat(options.isAutoReconnect()).isTrue();
				assertThat(options.getReplayFilter().test(null)).as("nothing in flight is sent again").isTrue();
				assertThat(options.getSocketOptions().getConnectTimeout()).isEqualTo(Duration.ofMillis(321));
			});
	}

	@Test
	void theEndsOfSessionsInCookiesCanBeInItInstead() {
		connected("sessionkit.storage=cookie", "sessionkit.revocation.storage=redis").run((context) -> {
			SessionStorage storage = Contexts.storage(context);
			String cookie = Contexts.cookie(Contexts.setCookie(context));
			assertThat(cookie).doesNotStartWith("__Host-session=i1.");
			storage.destroySession(storage.getSession(cookie));
			assertThat(keys()).hasSize(1);
		});
	}

	@Test
	void sessionsAreUnderThePrefix() {
		connected().run((context) -> {
			assertThat(context).hasSingleBean(SessionIdStorageStrategy.class);
			assertThat(context.getBean("sessionKitStorageStrategy")).isInstanceOf(RedisStorageStrategy.class);
			assertThat(Contexts.setCookie(context)).startsWith("__Host-session=i1.");
			assertThat(keys()).singleElement().asString().matches("session:[A-Za-z0-9_-]{43}");
		});
		empty();
		connected("sessionkit.redis.key-prefix=shop:sid:").run((context) -> {
			Contexts.setCookie(context);
			assertThat(keys()).singleElement().asString().startsWith("shop:sid:");
		});
	}

	@Test
	void whatTheApplicationSaysOfItsServerCountsForUsToo() {
		try (RedisProcess guarded = RedisProcess.running("requirepass " + PASSWORD)) {
			String address = "127.0.0.1:" + guarded.port();
			this.application
				.withPropertyValues("spring.data.redis.url=redis://:" + PASSWORD + "@" + address + "/3",
						"spring.data.redis.client-name=shop")
				.withBean(LettuceClientOptionsBuilderCustomizer.class,
						() -> (options) -> options.requestQueueSize(4321))
				.run((context) -> {
					Contexts.setCookie(context);
					try (RedisClient client = RedisClient.create("redis://:" + PASSWORD + "@" + address)) {
						RedisCommands<String, String> admin = client.connect().sync();
						assertThat(admin.info("keyspace")).contains("db3:keys=1");
						assertThat(admin.clientList()).contains("name=shop");
					}
					assertThat(ours(context).getClientConfiguration()
						.getClientOptions()
						.orElseThrow()
						.getRequestQueueSize()).isEqualTo(4321);
				});
		}
	}

	@Test
	void staticMasterAndReplicasAreReachedToo() {
		this.application.withPropertyValues("spring.data.redis.masterreplica.nodes=127.0.0.1:" + redis.port())
			.run((context) -> {
				Contexts.setCookie(context);
				assertThat(keys()).hasSize(1);
			});
	}

	@Test
	void ourConnectionEndsWithTheApplication() {
		long before = clients();
		connected().run((context) -> {
			Contexts.setCookie(context);
			assertThat(clients()).isEqualTo(before + 1);
		});
		long begin = System.nanoTime();
		while (clients() != before) {
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
		}
	}

	private static long clients() {
		return redis.admin().commands().clientList().lines().count();
	}

	@Test
	void withoutRedisTheApplicationStartsAndSaysSoOnce() {
		RedisProcess gone = RedisProcess.running();
		gone.close();
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			this.application.withPropertyValues(gone.properties()).run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(log.messages(Level.WARN)).singleElement()
					.asString()
					.contains("Redis at 127.0.0.1:" + gone.port(), "because there is no connection to it",
							"Connection refused", "is up and reachable", "every 200 ms")
					.doesNotContain("within", " 0 ms");
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster.nodes", "sentinel.nodes", "masterreplica.nodes" })
	void withoutAClusterOrSentinelItStartsToo(String nodes) {
		RedisProcess gone = RedisProcess.running();
		gone.close();
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			this.application
				.withPropertyValues("spring.data.redis." + nodes + "=127.0.0.1:" + gone.port(),
						"spring.data.redis." + (nodes.startsWith("sentinel") ? "sentinel.master" : "client-name")
								+ "=sessions")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(log.messages(Level.WARN)).singleElement()
						.asString()
						.contains("Redis at 127.0.0.1:" + gone.port(), "every 200 ms");
				});
		}
	}

	@Test
	void withoutTheLibraryOrAConnectionTheStartSaysWhatToAdd() {
		Consumer<AssertableWebApplicationContext> explained = (context) -> assertThat(analysis(context))
			.contains("there is no Redis connection", "spring-boot-starter-data-redis", "spring.data.redis.host");
		this.application.withClassLoader(new FilteredClassLoader("org.springframework.data.redis", "io.lettuce"))
			.run(explained::accept);
		Contexts.web()
			.withConfiguration(AutoConfigurations.of(RedisStorageAutoConfiguration.class))
			.withPropertyValues("sessionkit.storage=redis")
			.run(explained::accept);
	}

	@Test
	void otherStoragesNeedNoneOfThis() {
		for (String storage : new String[] { "cookie", "memory" }) {
			Contexts.web()
				.withConfiguration(AutoConfigurations.of(RedisStorageAutoConfiguration.class))
				.withClassLoader(new FilteredClassLoader("org.springframework.data.redis", "io.lettuce",
						"org.springframework.boot.data.redis"))
				.withPropertyValues("sessionkit.storage=" + storage)
				.run((context) -> assertThat(context).hasSingleBean(SessionStorage.class)
					.doesNotHaveBean(RedisStorageStrategy.class));
			connected("sessionkit.storage=" + storage)
				.run((context) -> assertThat(context).doesNotHaveBean(SessionRedisConnections.class));
		}
	}

	@Test
	void aStrategyOrStorageOfTheApplicationsOwnBacksUsOff() {
		connected("sessionkit.storage=redis").withBean(CountingStrategy.class)
			.run((context) -> assertThat(analysis(context)).contains("sessionkit.storage is 'redis'",
					"Remove the property"));
	}

}
