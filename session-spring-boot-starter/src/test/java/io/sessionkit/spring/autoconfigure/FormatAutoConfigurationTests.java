package io.sessionkit.spring.autoconfigure;

import java.nio.file.Path;

import ch.qos.logback.classic.Level;
import io.sessionkit.Session;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.SharedStorageStrategy;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.storage.file.FileStorageStrategy;
import io.sessionkit.storage.file.SharedFileStorageStrategy;
import io.sessionkit.storage.redis.RedisProcess;
import io.sessionkit.storage.redis.RedisStorageStrategy;
import io.sessionkit.storage.redis.SharedRedisStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static io.sessionkit.spring.autoconfigure.FailureAnalysisTests.analysis;
import static org.assertj.core.api.Assertions.assertThat;

/** By one property the sessions are those of React Router or Remix. */
class FormatAutoConfigurationTests {

	private static final RedisProcess REDIS = RedisProcess.running();

	private static WebApplicationContextRunner web(String... properties) {
		return Contexts.web().withPropertyValues(properties);
	}

	private static WebApplicationContextRunner redis(String... properties) {
		return web(properties)
			.withConfiguration(
					AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisStorageAutoConfiguration.class))
			.withPropertyValues(REDIS.properties());
	}

	@Test
	void theCookieIsSignedAsReactRouterDoes() {
		web("sessionkit.format=react-router").run((context) -> {
			assertThat(context).doesNotHaveBean(SessionIdStorageStrategy.class);
			SessionCookie cookie = context.getBean(SessionCookie.class);
			assertThat(cookie.format()).isEqualTo(CookieFormat.REACT_ROUTER);
			assertThat(cookie.isEncrypted()).isFalse();
			String setCookie = Contexts.setCookie(context);
			assertThat(setCookie).startsWith("__session=eyJ1c2VyIjoiNDIifQ%3D%3D.")
				.endsWith("; Path=/; HttpOnly; Secure; SameSite=Lax");
			assertThat(Contexts.storage(context).getSession(Contexts.cookie(setCookie)).get("user")).isEqualTo("42");
		});
	}

	@Test
	void theCookieIsSignedAsRemixDoes() {
		web("sessionkit.format=REMIX")
			.run((context) -> assertThat(Contexts.setCookie(context)).startsWith("__session=eyJpIjoi")
				.endsWith("; HttpOnly; Path=/; SameSite=Lax; Secure"));
	}

	@Test
	void aSealedCookieIsAnonymousUnderAForeignWireAndTheReverse() {
		web().run((sealed) -> web("sessionkit.format=react-router").run((shared) -> {
			SessionStorage one = Contexts.storage(sealed);
			SessionStorage other = Contexts.storage(shared);
			assertThat(other.getSession(Contexts.cookie(Contexts.setCookie(one))).isNew()).isTrue();
			assertThat(one.getSession(Contexts.cookie(Contexts.setCookie(other))).isNew()).isTrue();
		}));
	}

	@Test
	void theRecordsInRedisAreThoseOfThePeer() {
		for (String format : new String[] { "react-router", "remix" }) {
			redis("sessionkit.storage=redis", "sessionkit.format=" + format).run((context) -> {
				assertThat(context).hasSingleBean(SharedRedisStorageStrategy.class)
					.doesNotHaveBean(RedisStorageStrategy.class);
				String setCookie = Contexts.setCookie(context);
				assertThat(Contexts.storage(context).getSession(Contexts.cookie(setCookie)).get("user"))
					.isEqualTo("42");
			});
		}
		redis("sessionkit.storage=redis").run((context) -> assertThat(context).hasSingleBean(RedisStorageStrategy.class)
			.doesNotHaveBean(SharedStorageStrategy.class));
	}

	@Test
	void theFilesAreThoseOfThePeer(@TempDir Path directory) {
		web("sessionkit.storage=file", "sessionkit.format=react-router", "sessionkit.file.directory=" + directory)
			.run((context) -> {
				assertThat(context).hasSingleBean(SharedFileStorageStrategy.class)
					.doesNotHaveBean(FileStorageStrategy.class);
				Session session = Contexts.storage(context).getSession(Contexts.cookie(Contexts.setCookie(context)));
				assertThat(session.get("user")).isEqualTo("42");
				assertThat(directory.resolve(session.id().substring(0, 4)).resolve(session.id().substring(4))).content()
					.startsWith("{\"data\":{\"user\":\"42\"},\"expires\":\"");
			});
		assertThat(analysis(
				web("sessionkit.storage=file", "sessionkit.format=remix", "sessionkit.file.directory=/dev/null")))
			.contains("sessionkit.file.directory", "/dev/null");
	}

	@Test
	void aRevocationOfRemixSessionsInCookiesHasRecordsOfOurOwn() {
		redis("sessionkit.format=remix", "sessionkit.revocation.storage=redis").run((context) -> {
			assertThat(context).hasSingleBean(RedisStorageStrategy.class);
			assertThat(Contexts.setCookie(context)).startsWith("__session=eyJpIjoi");
		});
	}

	@Test
	void whatReactRouterKeepsInACookieCannotBeRevoked() {
		assertThat(analysis(redis("sessionkit.format=react-router", "sessionkit.revocation.storage=redis")))
			.contains("sessionkit.revocation.storage", "have no id", "set sessionkit.storage to redis");
	}

	@Test
	void aShortSecretIsAWarning() {
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			Contexts.webWithoutSecret()
				.withPropertyValues("sessionkit.format=react-router", "sessionkit.cookie.secrets=s3cret1")
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("shared with React Router", "has 7 bytes")
				.doesNotContain("s3cret1");
		}
	}

	@Test
	void aSecretOfThisProcessAloneIsRefused() {
		assertThat(analysis(Contexts.webWithoutSecret().withPropertyValues("sessionkit.format=remix")))
			.contains("sessionkit.cookie.secrets is not set", "shared with Remix", "the secrets of the other program");
		assertThat(analysis(Contexts.webWithoutSecret()
			.withPropertyValues("sessionkit.format=remix", "sessionkit.cookie.secrets=${NOWHERE}")))
			.contains("placeholder");
	}

	@Test
	void aStoreThatThePeerCannotReadIsRefused() {
		assertThat(analysis(web("sessionkit.format=react-router", "sessionkit.storage=memory"))).contains(
				"sessionkit.format is 'react-router'", "records in the format 'default'",
				"Set sessionkit.storage to cookie, redis or file", "SharedStorageStrategy");
	}

	@Test
	void aStrategyBeanThatThePeerCannotReadIsRefused() {
		assertThat(analysis(web("sessionkit.format=remix").withBean("ownStrategy", SessionIdStorageStrategy.class,
				CountingStrategy::new)))
			.contains("sessionkit.format is 'remix'", "CountingStrategy keeps records in the format 'default'");
	}

	@Test
	void aCookieBeanOfAnotherWireThanThePropertyIsRefused() {
		SessionCookie cookie = SessionCookie.builder("mine")
			.format(CookieFormat.REMIX)
			.signedWith(Contexts.SECRET)
			.build();
		assertThat(analysis(web().withBean("sessionCookie", SessionCookie.class, () -> cookie))).contains(
				"'sessionCookie' has the format 'remix'", "sessionkit.format is 'default'",
				"Set sessionkit.format to remix");
		web("sessionkit.format=remix").withBean("sessionCookie", SessionCookie.class, () -> cookie)
			.run((context) -> assertThat(Contexts.setCookie(context)).startsWith("mine="));
	}

}
