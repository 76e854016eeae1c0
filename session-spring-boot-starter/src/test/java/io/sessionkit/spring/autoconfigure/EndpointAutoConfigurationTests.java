package io.sessionkit.spring.autoconfigure;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.actuate.SessionKitEndpoint;
import io.sessionkit.spring.actuate.SessionKitEndpoint.Description;
import io.sessionkit.spring.actuate.SessionMeters;
import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.ExitApp;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an operator sees under {@code /actuator/sessionkit}.
 */
class EndpointAutoConfigurationTests {

	private static WebApplicationContextRunner exposed() {
		return Contexts.web().withPropertyValues("management.endpoints.web.exposure.include=sessionkit");
	}

	private static Description description(ApplicationContext context) {
		return context.getBean(SessionKitEndpoint.class).describe();
	}

	@Test
	void cookiesHaveKeysAndNoCounts() {
		exposed().run((context) -> {
			Description fresh = description(context);
			assertThat(fresh.storage()).isEqualTo("cookie");
			assertThat(fresh.strategy()).isNull();
			assertThat(fresh.sessions()).isNull();
			assertThat(fresh.evictions()).isNull();
			assertThat(fresh.keys()).singleElement().satisfies((key) -> {
				assertThat(key.id()).matches("[0-9a-f]{8}");
				assertThat(key.writes()).isTrue();
				assertThat(key.lastSeen()).isNull();
			});
			Instant before = Instant.now().minusMillis(1);
			SessionStorage storage = Contexts.storage(context);
			assertThat(storage.getSession(Contexts.cookie(Contexts.setCookie(context))).get("user", Long[].class))
				.isNull();
			assertThat(description(context).keys().get(0).lastSeen()).isBetween(before, Instant.now());
			assertThat(description(context).unreadableValues()).isEqualTo(1);
		});
	}

	@Test
	void memoryHasCounts() {
		exposed().withPropertyValues("sessionkit.storage=memory", "sessionkit.memory.max-sessions=2").run((context) -> {
			for (int i = 0; i < 5; i++) {
				Contexts.setCookie(context);
			}
			Description description = description(context);
			assertThat(description.storage()).isEqualTo("memory");
			assertThat(description.strategy()).isEqualTo(MemoryStorageStrategy.class.getName());
			assertThat(description.sessions()).isEqualTo(2);
			assertThat(description.evictions()).isEqualTo(3);
		});
	}

	@Test
	void aStoreForRevocationAloneKeepsNoSessions() {
		exposed().withPropertyValues("sessionkit.revocation.storage=memory").run((context) -> {
			assertThat(description(context).storage()).isEqualTo("cookie");
			assertThat(description(context).strategy()).isNull();
		});
	}

	@Test
	void sessionsOfASubjectAreListedAndEnded() {
		try (RunningApp app = RunningApp.start(ExitApp.class, "sessionkit.storage=memory",
				"management.endpoints.web.exposure.include=sessionkit",
				"management.endpoint.sessionkit.access=unrestricted")) {
			Session session = app.bean(SessionStorage.class).getSession(null);
			session.subject("ann");
			app.bean(SessionStorage.class).commitSession(session);
			assertThat(app.browser().get("/actuator/sessionkit/ann").body()).contains("handle")
				.doesNotContain(session.id());
			assertThat(app.browser().get("/actuator/sessionkit/bob").body()).isEqualTo("[]");
			assertThat(app.browser().send("DELETE", "/actuator/sessionkit/ann").status()).isEqualTo(204);
			assertThat(app.browser().get("/actuator/sessionkit/ann").body()).isEqualTo("[]");
		}
	}

	@Test
	void sessionsAreEndedOnlyWhereThePropertySaysSoAndSecretsAreShownNowhere() {
		String token = "aTokenOfCloudflare0123456789";
		String referred = "Zm9vYmFyQmF6UXV4MTIzNDU2Nzg5MGFiY2RlZg";
		try (RunningApp app = RunningApp.start(ExitApp.class, "sessionkit.storage=memory",
				"management.endpoints.web.exposure.include=*", "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always", "sessionkit.cloudflare-kv.api-token=" + token,
				"shop.key-of-the-shop=" + referred, "sessionkit.cookie.secrets=${shop.key-of-the-shop}")) {
			Session session = app.bean(SessionStorage.class).getSession(null);
			session.subject("ann");
			app.bean(SessionStorage.class).commitSession(session);
			assertThat(app.browser().send("DELETE", "/actuator/sessionkit/ann").status()).isEqualTo(405);
			assertThat(app.browser().get("/actuator/sessionkit/ann").body()).contains("handle");
			for (String path : List.of("/actuator/env", "/actuator/configprops", "/actuator/configprops/sessionkit",
					"/actuator/env/shop.key-of-the-shop", "/actuator/env/sessionkit.cookie.secrets")) {
				Answer answer = app.browser().get(path);
				assertThat(answer.status()).as(path).isEqualTo(200);
				assertThat(answer.body()).as(path)
					.contains("******")
					.doesNotContain(RunningApp.SECRET, referred, token);
			}
			assertThat(app.browser().get("/actuator/configprops/sessionkit").body()).contains("absoluteTimeout");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SESSIONKIT_COOKIE_SECRETS", "SESSIONKIT_COOKIE_SECRETS_0_",
			"sessionkit.cookie.secrets[1]", "sessionkit.cookie-secrets", "SESSIONKIT_CLOUDFLAREKV_APITOKEN",
			"sessionkit.cloudflareKv.apiToken" })
	void secretsAreHiddenInEverySpelling(String key) {
		exposed().run((context) -> {
			SanitizingFunction function = context.getBean(SanitizingFunction.class);
			assertThat(function.apply(new SanitizableData(null, key, "not bound")).getValue())
				.isEqualTo(SanitizableData.SANITIZED_VALUE);
			assertThat(function.apply(new SanitizableData(null, "sessionkit.cookie.name", "sid")).getValue())
				.isEqualTo("sid");
		});
	}

	@Test
	void whatAStorageCannotListIsABadRequest() {
		exposed().run((context) -> {
			SessionKitEndpoint endpoint = context.getBean(SessionKitEndpoint.class);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.sessionsOf("ann"))
				.withMessageContaining("keep them in a store");
		});
	}

	@Test
	void whoseSessionsAreUnknownAreNotSaidToHaveEnded() {
		SessionKitEndpoint endpoint = new SessionKitEndpoint(() -> null, () -> null, Instant::now);
		assertThat(endpoint.sessionsOf("ann")).isNull();
		assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(() -> endpoint.endSessionsOf("ann"))
			.withMessageContaining("no session was ended");
	}

	@Test
	void aStrategyOfTheApplicationIsNamed() {
		exposed().withBean(CountingStrategy.class).run((context) -> {
			assertThat(description(context).storage()).isEqualTo("custom");
			assertThat(description(context).strategy()).isEqualTo(CountingStrategy.class.getName());
		});
	}

	@Test
	void ofAStorageOfTheApplicationNothingIsKnown() {
		SessionCookie cookie = SessionCookie.builder("own").encryptedWith(Contexts.OTHER_SECRET).build();
		exposed().withBean(SessionStorage.class, () -> SessionStorage.inCookie(cookie))
			.run((context) -> assertThat(description(context))
				.isEqualTo(new Description("custom", null, null, null, 0, List.of())));
	}

	@Test
	void anEndpointOfTheApplicationReplacesOurs() {
		SessionKitEndpoint own = new SessionKitEndpoint(() -> null, () -> null, Instant::now);
		exposed().withBean("own", SessionKitEndpoint.class, () -> own)
			.run((context) -> assertThat(context.getBean(SessionKitEndpoint.class)).isSameAs(own));
	}

	@Test
	void itIsThereOnlyWhereItIsExposed() {
		Contexts.web().run((context) -> assertThat(context).doesNotHaveBean(SessionKitEndpoint.class));
		exposed().withPropertyValues("management.endpoint.sessionkit.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(SessionKitEndpoint.class));
	}

	@Test
	void withoutTheActuatorThereIsNoTraceOfIt() {
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			exposed().withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate")).run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("sessionKitEndpoint");
				assertThat(Contexts.setCookie(context)).isNotEmpty();
			});
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
	}

	@Test
	void itAnswersOverHttpAndLooksAtNoSession() {
		try (RunningApp app = RunningApp.start(ExitApp.class, "sessionkit.storage=memory",
				"management.endpoints.web.exposure.include=sessionkit")) {
			assertThat(app.bean(SessionMeters.class)).isNotNull();
			Browser browser = app.browser();
			browser.get("/set?name=mark&value=there");
			browser.get("/mark");
			Answer answer = browser.get("/actuator/sessionkit");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.all("Set-Cookie")).isEmpty();
			assertThat(answer.all("Vary")).doesNotContain("Cookie");
			Map<String, Object> json = JsonParserFactory.getJsonParser().parseMap(answer.body());
			assertThat(json).containsEntry("storage", "memory").containsEntry("unreadableValues", 0);
			assertThat(json.get("sessions").toString()).isEqualTo("1");
			assertThat(json.get("keys").toString()).contains("writes=true", "lastSeen=2");
			assertThat(answer.body()).doesNotContain(browser.get("/id").body(), RunningApp.SECRET, "there");
		}
	}

}
