package io.sessionkit.spring.autoconfigure;

import java.time.Duration;

import io.sessionkit.Revocation;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The revocation of sessions in cookies, by properties or by a bean.
 */
class RevocationAutoConfigurationTests {

	private static final String MEMORY = "sessionkit.revocation.storage=memory";

	private static void useAndEnd(ApplicationContext context) {
		SessionStorage storage = Contexts.storage(context);
		String cookie = Contexts.cookie(Contexts.setCookie(context));
		assertThat(storage.getSession(cookie).get("user")).isEqualTo("42");
		assertThat(storage.destroySession(storage.getSession(cookie))).isNotNull();
		assertThat(storage.getSession(cookie).isNew()).isTrue();
	}

	@Test
	void thereIsNoneByDefault() {
		Contexts.web()
			.run((context) -> assertThat(context).doesNotHaveBean(Revocation.class)
				.doesNotHaveBean(MemoryStorageStrategy.class)
				.hasSingleBean(SubjectSessions.class));
	}

	@Test
	void aPropertyNamesTheStoreAndTheSessionsStayInTheCookie() {
		Contexts.web().withPropertyValues(MEMORY).run((context) -> {
			assertThat(context.getBean(SessionCookie.class).isEncrypted()).isTrue();
			useAndEnd(context);
			assertThat(context.getBean(MemoryStorageStrategy.class).size()).isOne();
		});
		Contexts.web()
			.withPropertyValues(MEMORY, "sessionkit.storage=cookie")
			.run((context) -> assertThat(Contexts.setCookie(context)).startsWith("__Host-session=s1."));
	}

	@Test
	void everySubjectCanBeLoggedOutEverywhere() {
		Contexts.web().withPropertyValues(MEMORY).run((context) -> {
			SessionStorage storage = Contexts.storage(context);
			Session session = storage.getSession(null);
			session.subject("42");
			String cookie = Contexts.cookie(storage.commitSession(session));
			context.getBean(SubjectSessions.class).endAll("42");
			assertThat(storage.getSession(cookie).isNew()).isTrue();
		});
	}

	@Test
	void aBeanOfTheApplicationCounts() {
		CountingStrategy strategy = new CountingStrategy();
		Contexts.web()
			.withBean(Revocation.class, () -> Revocation.in(strategy).cachedFor(Duration.ofMinutes(1)))
			.run((context) -> {
				useAndEnd(context);
				assertThat(strategy.calls()).containsExactly(Call.READ, Call.CREATE);
			});
	}

	@Test
	void cacheTimeAndFailOpenReachTheStorage() {
		Contexts.web()
			.withPropertyValues(MEMORY, "sessionkit.revocation.cache-time=0s", "sessionkit.revocation.fail-open=true")
			.run((context) -> {
				SessionKitProperties.Revocation properties = context.getBean(SessionKitProperties.class).revocation();
				assertThat(properties.cacheTime()).isZero();
				assertThat(properties.failOpen()).isTrue();
				useAndEnd(context);
			});
		Contexts.web()
			.withPropertyValues(MEMORY, "sessionkit.revocation.cache-time=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("sessionkit.revocation.cache-time is PT-1S"));
	}

	@Test
	void sessionsInRecordsNeedNone() {
		Contexts.web()
			.withPropertyValues("sessionkit.storage=memory", MEMORY)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(SessionKitConfigurationException.class)
				.hasMessageContaining("all instances see their end"));
		Contexts.web()
			.withBean(CountingStrategy.class)
			.withBean(Revocation.class, () -> Revocation.in(new MemoryStorageStrategy()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(SessionKitConfigurationException.class));
	}

	@Test
	void aStoreThatIsNotThereStopsTheStart() {
		for (String store : new String[] { "redis", "cookie" }) {
			Contexts.web()
				.withPropertyValues("sessionkit.revocation.storage=" + store)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(SessionKitConfigurationException.class)
					.hasMessageContaining("'" + store + "'"));
		}
	}

}
