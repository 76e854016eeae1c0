package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.time.Instant;

import ch.qos.logback.classic.Level;
import io.sessionkit.Session;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.web.CurrentSession;
import io.sessionkit.spring.web.SessionArgumentResolverBeanPostProcessor;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which storage an application gets.
 */
class StorageAutoConfigurationTests {

	@Test
	void sessionsAreInAnEncryptedCookieByDefault() {
		Contexts.web().run((context) -> {
			assertThat(context).hasSingleBean(SessionStorage.class).doesNotHaveBean(SessionIdStorageStrategy.class);
			assertThat(context.getBean(SessionCookie.class).isEncrypted()).isTrue();
			String setCookie = Contexts.setCookie(context);
			assertThat(setCookie).startsWith("__Host-session=s1.").endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax");
			assertThat(Contexts.storage(context).getSession(Contexts.cookie(setCookie)).get("user")).isEqualTo("42");
		});
		Contexts.web()
			.withPropertyValues("sessionkit.storage=COOKIE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SessionIdStorageStrategy.class));
	}

	@Test
	void oneLineAtStartupSaysWhatAnOperatorAsksFor() {
		assertThat(startup("sessionkit.storage=memory", "sessionkit.idle-timeout=90m", "sessionkit.cookie.name=__shop"))
			.endsWith(
					" keeps sessions in memory (cookie __shop, default format, idle timeout 90m, absolute timeout 30d)");
		assertThat(startup("sessionkit.idle-timeout=45s", "sessionkit.absolute-timeout=12h"))
			.endsWith(" keeps sessions in the cookie (cookie __Host-session, default format, idle timeout 45s, "
					+ "absolute timeout 12h)");
	}

	private static String startup(String... properties) {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.INFO)) {
			Contexts.web().withPropertyValues(properties).run((context) -> Contexts.setCookie(context));
			// The version is that of the jar, which is not there in every run.
			assertThat(log.messages(Level.INFO)).singleElement().asString().startsWith("SessionKit");
			return log.messages(Level.INFO).get(0);
		}
	}

	@Test
	void memoryKeepsRecordsThatASignedCookieNames() {
		for (String memory : new String[] { "memory", "MEMORY" }) {
			Contexts.web().withPropertyValues("sessionkit.storage=" + memory).run((context) -> {
				assertThat(context).hasSingleBean(MemoryStorageStrategy.class);
				SessionCookie cookie = context.getBean(SessionCookie.class);
				assertThat(cookie.isSigned()).isTrue();
				assertThat(cookie.isEncrypted()).isFalse();
				assertThat(Contexts.setCookie(context)).startsWith("__Host-session=i1.");
				assertThat(context.getBean(MemoryStorageStrategy.class).size()).isEqualTo(1);
			});
		}
	}

	@Test
	void memoryKeepsAsManySessionsAsThePropertySays() {
		Contexts.web()
			.withPropertyValues("sessionkit.storage=memory", "sessionkit.memory.max-sessions=2")
			.run((context) -> {
				for (int i = 0; i < 5; i++) {
					Contexts.setCookie(context);
				}
				assertThat(context.getBean(MemoryStorageStrategy.class).size()).isLessThanOrEqualTo(2);
				assertThat(context.getBean(MemoryStorageStrategy.class).evictions()).isEqualTo(3);
			});
	}

	@Test
	void aStrategyBeanOfAParentContextReplacesTheStorageToo() {
		Contexts.plain()
			.withBean(CountingStrategy.class)
			.run((parent) -> Contexts.web()
				.withParent(parent)
				.run((context) -> assertThat(Contexts.setCookie(context)).startsWith("__Host-session=i1.")));
	}

	@Test
	void aStrategyBeanReplacesTheStorage() {
		Contexts.web().withBean(CountingStrategy.class).run((context) -> {
			assertThat(Contexts.setCookie(context)).startsWith("__Host-session=i1.");
			assertThat(context.getBean(CountingStrategy.class).calls()).containsExactly(Call.CREATE);
		});
	}

	@Test
	void ofSeveralStrategyBeansThePrimaryOneCounts() {
		Contexts.web()
			.withBean("first", CountingStrategy.class)
			.withBean("second", CountingStrategy.class, CountingStrategy::new,
					(definition) -> definition.setPrimary(true))
			.run((context) -> {
				Contexts.setCookie(context);
				assertThat(context.getBean("second", CountingStrategy.class).calls()).containsExactly(Call.CREATE);
			});
	}

	@Test
	void aCookieBeanNamedSessionCookieReplacesTheOneOfTheProperties() {
		SessionCookie own = SessionCookie.builder("mine").encryptedWith(Contexts.OTHER_SECRET).build();
		Contexts.webWithoutSecret().withBean("sessionCookie", SessionCookie.class, () -> own).run((context) -> {
			assertThat(context).hasSingleBean(SessionCookie.class);
			assertThat(Contexts.setCookie(context)).startsWith("mine=s1.");
		});
	}

	@Test
	void aSignedCookieBeanMayHoldTheSession() {
		SessionCookie own = SessionCookie.builder("mine").signedWith(Contexts.OTHER_SECRET).build();
		Contexts.webWithoutSecret()
			.withBean("sessionCookie", SessionCookie.class, () -> own)
			.run((context) -> assertThat(Contexts.setCookie(context)).startsWith("mine=i1."));
	}

	@Test
	void anotherCookieBeanIsTheApplicationsOwnBusiness() {
		SessionCookie own = SessionCookie.builder("theme").signedWith(Contexts.OTHER_SECRET).build();
		Contexts.web()
			.withBean("themeCookie", SessionCookie.class, () -> own)
			.run((context) -> assertThat(Contexts.setCookie(context)).startsWith("__Host-session=s1."));
	}

	@Test
	void aStorageBeanBacksUsOffButForTheWeb() {
		SessionCookie cookie = SessionCookie.builder("own").encryptedWith(Contexts.OTHER_SECRET).build();
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			Contexts.webWithoutSecret()
				.withBean(SessionStorage.class, () -> SessionStorage.inCookie(cookie))
				.run((context) -> {
					assertThat(context).hasSingleBean(SessionStorage.class)
						.doesNotHaveBean(SessionCookie.class)
						.hasSingleBean(SessionKitProperties.class)
						.hasSingleBean(CurrentSession.class)
						.hasSingleBean(SessionArgumentResolverBeanPostProcessor.class)
						.hasSingleBean(FilterRegistrationBean.class);
					assertThat(Contexts.setCookie(context)).startsWith("own=s1.");
				});
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
	}

	@Test
	void customizersAreAppliedInTheirOrderAfterTheProperties() {
		Contexts.web()
			.withPropertyValues("sessionkit.idle-timeout=1h")
			.withUserConfiguration(Customizers.class)
			.run((context) -> {
				Session session = Contexts.storage(context).getSession(null);
				session.set("user", "42");
				Contexts.storage(context).commitSession(session);
				assertThat(session.expiresAt()).isEqualTo(Customizers.NOW.plus(Duration.ofHours(3)));
			});
	}

	@Test
	void anApplicationThatServesNoWebHasNothingOfThis() {
		Contexts.plain()
			.run((context) -> assertThat(context).doesNotHaveBean(SessionStorage.class)
				.doesNotHaveBean(SessionKitProperties.class)
				.doesNotHaveBean(CurrentSession.class)
				.doesNotHaveBean(SessionArgumentResolverBeanPostProcessor.class));
		Contexts.reactive()
			.run((context) -> assertThat(context).doesNotHaveBean(SessionStorage.class)
				.doesNotHaveBean(CurrentSession.class));
	}

	static final class Customizers {

		static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

		@Bean
		@Order(2)
		SessionStorageCustomizer second() {
			return (storage) -> storage.idleTimeout(Duration.ofHours(3));
		}

		@Bean
		@Order(1)
		SessionStorageCustomizer first() {
			return (storage) -> storage.idleTimeout(Duration.ofHours(2)).clock(() -> NOW);
		}

	}

}
