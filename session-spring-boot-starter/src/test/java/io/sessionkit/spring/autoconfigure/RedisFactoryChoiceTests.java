package io.sessionkit.spring.autoconfigure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;

import ch.qos.logback.classic.Level;
import io.lettuce.core.RedisClient;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.storage.redis.RedisProcess;
import io.sessionkit.storage.redis.SessionRedisConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** Which of the application's own connection factories keeps the sessions. */
class RedisFactoryChoiceTests {

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

	@Test
	void aFactoryOfTheApplicationsOwnIsUsedAsItIsWithAWarningWhereItWaitsLonger() {
		assertForeign(lettuce(Duration.ofSeconds(60)), "is 60000 ms", "sessionkit.timeout is 500 ms",
				"@SessionRedisConnectionFactory");
		assertForeign(lettuce(Duration.ZERO), "is unlimited", "sessionkit.timeout is 500 ms");
		assertForeign(lettuce(Duration.ofMillis(500)));
	}

	private void assertForeign(RedisConnectionFactory factory, String... warning) {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			this.application.withBean(RedisConnectionFactory.class, () -> factory).run((context) -> {
				assertThat(context.getBean(SessionRedisConnections.class).factory()).isSameAs(factory);
				redis.admin().commands().flushall();
				Contexts.setCookie(context);
				assertThat(redis.admin().keys()).hasSize(1);
			});
			assertThat(log.messages(Level.WARN)).hasSize((warning.length > 0) ? 1 : 0)
				.allSatisfy((line) -> assertThat(line).contains(warning));
		}
	}

	private static LettuceConnectionFactory lettuce(Duration timeout) {
		return new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", redis.port()),
				LettuceClientConfiguration.builder().commandTimeout(timeout).build());
	}

	@Test
	void whereJedisIsTheOnlyClientTheStartSaysWhatToAdd() {
		this.application.withClassLoader(new FilteredClassLoader(RedisClient.class))
			.run((context) -> assertThat(refusal(context)).contains("over Lettuce only",
					"Add the dependency io.lettuce:lettuce-core"));
	}

	@Test
	void whereJedisIsChosenByPropertyTheStartSaysWhatToSet() {
		this.application.withPropertyValues("spring.data.redis.client-type=jedis")
			.run((context) -> assertThat(refusal(context)).contains("(spring.data.redis.client-type)",
					"over Lettuce only", "set spring.data.redis.client-type to 'lettuce'",
					"@SessionRedisConnectionFactory"));
	}

	@Test
	void aFactoryOfJedisThatIsMarkedIsRefusedWithTheRemedy() {
		this.application.withUserConfiguration(Several.class, MarkedJedis.class)
			.run((context) -> assertThat(refusal(context)).contains("(sessionkit.storage)", "over Lettuce only",
					"Replace the bean with a LettuceConnectionFactory"));
	}

	private static String refusal(AssertableWebApplicationContext context) {
		FailureAnalysis analysis = new SessionKitFailureAnalyzer().analyze(context.getStartupFailure());
		return analysis.getDescription() + " " + analysis.getAction();
	}

	@Test
	void besidesTheApplicationsOwnJedisAMarkedFactoryOfLettuceKeepsTheSessions() {
		this.application.withPropertyValues(redis.properties())
			.withPropertyValues("spring.data.redis.client-type=jedis")
			.withUserConfiguration(Hidden.class)
			.run((context) -> {
				assertThat(context.getBean(RedisConnectionFactory.class)).isInstanceOf(JedisConnectionFactory.class);
				assertThat(context.getBean(SessionRedisConnections.class).factory())
					.isSameAs(context.getBean("hidden"));
				Contexts.setCookie(context);
			});
	}

	@Test
	void ofSeveralFactoriesTheMarkedOneCountsAndElseThePrimaryOne() {
		this.application.withUserConfiguration(Several.class, Marked.class)
			.run((context) -> assertThat(context.getBean(SessionRedisConnections.class).factory())
				.isSameAs(context.getBean("marked")));
		this.application.withUserConfiguration(Several.class, OnePrimary.class)
			.run((context) -> assertThat(context.getBean(SessionRedisConnections.class).factory())
				.isSameAs(context.getBean("primary")));
	}

	@Test
	void severalFactoriesAndNoneMarkedIsExplained() {
		this.application.withUserConfiguration(Several.class)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(SessionKitConfigurationException.class,
						(failure) -> assertThat(failure.getMessage() + failure.action()).contains("[first, second]",
								"Mark exactly one", "@SessionRedisConnectionFactory", "@Primary")));
	}

	@Test
	void aMarkedFactoryMayBeHiddenFromTheRestOfTheApplication() {
		this.application.withPropertyValues(redis.properties()).withUserConfiguration(Hidden.class).run((context) -> {
			assertThat(context.getBeansOfType(RedisConnectionFactory.class)).hasSize(2);
			assertThat(context.getBean(SessionRedisConnections.class).factory()).isSameAs(context.getBean("hidden"));
		});
	}

	@Test
	void springBootsFactoryBehindAProxyIsUsedAsItIs() {
		this.application.withPropertyValues(redis.properties())
			.withBean("proxying", BeanPostProcessor.class, Proxying::new)
			.run((context) -> {
				RedisConnectionFactory proxy = context.getBean(RedisConnectionFactory.class);
				assertThat(proxy).isNotInstanceOf(LettuceConnectionFactory.class);
				assertThat(context.getBean(SessionRedisConnections.class).factory()).isSameAs(proxy);
				redis.admin().commands().flushall();
				Contexts.setCookie(context);
				assertThat(redis.admin().keys()).hasSize(1);
			});
	}

	/** As a library for traces or metrics does it. */
	static final class Proxying implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			if (!(bean instanceof RedisConnectionFactory)) {
				return bean;
			}
			return Proxy.newProxyInstance(getClass().getClassLoader(), ClassUtils.getAllInterfaces(bean),
					(proxy, method, arguments) -> {
						try {
							return method.invoke(bean, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

	}

	static final class Several {

		@Bean
		LettuceConnectionFactory first() {
			return lettuce(Duration.ofMillis(100));
		}

		@Bean
		LettuceConnectionFactory second() {
			return lettuce(Duration.ofMillis(100));
		}

	}

	static final class Marked {

		@Bean
		@SessionRedisConnectionFactory
		LettuceConnectionFactory marked() {
			return lettuce(Duration.ofMillis(100));
		}

	}

	static final class MarkedJedis {

		@Bean
		@SessionRedisConnectionFactory
		JedisConnectionFactory marked() {
			return new JedisConnectionFactory();
		}

	}

	static final class OnePrimary {

		@Bean
		@Primary
		LettuceConnectionFactory primary() {
			return lettuce(Duration.ofMillis(100));
		}

	}

	static final class Hidden {

		@Bean(defaultCandidate = false)
		@SessionRedisConnectionFactory
		LettuceConnectionFactory hidden() {
			return lettuce(Duration.ofMillis(100));
		}

	}

}
