package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import io.sessionkit.Deadline;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.CountingStrategy.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.within;

/**
 * Every property reaches what it names.
 */
class PropertiesTests {

	@Test
	void theDefaultsAreThoseOfTheLibrary() {
		Contexts.web().run((context) -> {
			SessionKitProperties properties = context.getBean(SessionKitProperties.class);
			assertThat(properties.timeout()).isEqualTo(Deadline.DEFAULT_TIMEOUT);
			assertThat(properties.absoluteTimeout()).isEqualTo(SessionStorage.DEFAULT_ABSOLUTE_TIMEOUT);
			assertThat(FormatProperty.idleTimeout(properties)).isEqualTo(SessionStorage.DEFAULT_IDLE_TIMEOUT);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					name=sid                            | sid=s1.   | ; Path=/; Secure; HttpOnly; SameSite=Lax
					name=__Host-sid                     | __Host-sid=s1. | ; Path=/; Secure; HttpOnly; SameSite=Lax
					path=/shop                          | __session= | ; Path=/shop; Secure; HttpOnly; SameSite=Lax
					domain=example.com                  | __session= | ; Path=/; Domain=example.com; Secure; HttpOnly; SameSite=Lax
					same-site=strict                    | __Host-session= | ; Path=/; Secure; HttpOnly; SameSite=Strict
					same-site=NONE                      | __Host-session= | ; Path=/; Secure; HttpOnly; SameSite=None
					secure=false                        | __session= | ; Path=/; HttpOnly; SameSite=Lax
					http-only=false                     | __Host-session= | ; Path=/; Secure; SameSite=Lax
					partitioned=true                    | __Host-session= | ; Path=/; Secure; HttpOnly; SameSite=Lax; Partitioned
					max-age=7d                          | __Host-session= | ; Max-Age=604800; Path=/; Secure; HttpOnly; SameSite=Lax
					""")
	void theCookieIsAsItsPropertiesSay(String property, String begin, String end) {
		Contexts.web()
			.withPropertyValues("sessionkit.cookie." + property)
			.run((context) -> assertThat(Contexts.setCookie(context)).startsWith(begin)
				.matches("[^;]*" + end.replace(".", "\\.")));
	}

	@ParameterizedTest
	@CsvSource({ "absolute-timeout=30d,PT30M", "idle-timeout=2h,PT2H", "idle-timeout=90s,PT90S",
			"cookie.max-age=7d,P7D", "absolute-timeout=10m,PT10M", "idle-timeout=3600,PT1H",
			"cookie.max-age=604800,P7D", "absolute-timeout=600,PT10M" })
	void aSessionLivesAsLongAsThePropertiesSay(String property, Duration life) {
		Contexts.web().withPropertyValues("sessionkit." + property).run((context) -> {
			Session session = Contexts.storage(context).getSession(null);
			session.set("user", "42");
			Contexts.storage(context).commitSession(session);
			assertThat(session.expiresAt()).isCloseTo(Instant.now().plus(life), within(5, ChronoUnit.SECONDS));
		});
	}

	@Test
	void aNumberWithoutAUnitIsInSecondsButForOneCallToTheStore() {
		Contexts.web()
			.withPropertyValues("sessionkit.idle-timeout=1800", "sessionkit.absolute-timeout=43200",
					"sessionkit.cookie.max-age=604800", "sessionkit.jdbc.cleanup-interval=300",
					"sessionkit.revocation.cache-time=7", "sessionkit.timeout=250")
			.run((context) -> {
				SessionKitProperties properties = context.getBean(SessionKitProperties.class);
				assertThat(properties.idleTimeout()).isEqualTo(Duration.ofMinutes(30));
				assertThat(properties.absoluteTimeout()).isEqualTo(Duration.ofHours(12));
				assertThat(properties.cookie().maxAge()).isEqualTo(Duration.ofDays(7));
				assertThat(properties.jdbc().cleanupInterval()).isEqualTo(Duration.ofMinutes(5));
				assertThat(properties.revocation().cacheTime()).isEqualTo(Duration.ofSeconds(7));
				assertThat(properties.timeout()).isEqualTo(Duration.ofMillis(250));
			});
	}

	@Test
	void anIdleTimeoutGoesBeforeTheCookiesMaxAge() {
		Contexts.web()
			.withPropertyValues("sessionkit.idle-timeout=1h", "sessionkit.cookie.max-age=7d")
			.run((context) -> {
				Session session = Contexts.storage(context).getSession(null);
				session.set("user", "42");
				assertThat(Contexts.storage(context).commitSession(session)).contains("; Max-Age=604800;");
				assertThat(session.expiresAt()).isCloseTo(Instant.now().plus(1, ChronoUnit.HOURS),
						within(5, ChronoUnit.SECONDS));
			});
	}

	@ParameterizedTest
	@CsvSource({ "true,true", "false,false" })
	void readingRenewsWhereRollingIsOn(boolean rolling, boolean renewed) {
		Instant[] now = { Instant.parse("2030-01-01T00:00:00Z") };
		Contexts.web()
			.withPropertyValues("sessionkit.rolling=" + rolling)
			.withBean(SessionStorageCustomizer.class, () -> (storage) -> storage.clock(() -> now[0]))
			.run((context) -> {
				String cookie = Contexts.cookie(Contexts.setCookie(context));
				now[0] = now[0].plus(10, ChronoUnit.MINUTES);
				Session session = Contexts.storage(context).getSession(cookie);
				session.get("user");
				assertThat(Contexts.storage(context).commitIfNeeded(session) != null).isEqualTo(renewed);
			});
	}

	@Test
	void theFirstSecretWritesAndAllRead() {
		String[] cookies = new String[2];
		Contexts.web().run((context) -> cookies[0] = Contexts.cookie(Contexts.setCookie(context)));
		Contexts.webWithoutSecret()
			.withPropertyValues("sessionkit.cookie.secrets=" + Contexts.OTHER_SECRET + "," + Contexts.SECRET)
			.run((context) -> {
				assertThat(Contexts.storage(context).getSession(cookies[0]).get("user")).isEqualTo("42");
				cookies[1] = Contexts.cookie(Contexts.setCookie(context));
			});
		Contexts.web()
			.run((context) -> assertThat(Contexts.storage(context).getSession(cookies[1]).get("user")).isNull());
		Contexts.webWithoutSecret()
			.withPropertyValues("sessionkit.cookie.secrets[0]=" + Contexts.OTHER_SECRET)
			.run((context) -> assertThat(Contexts.storage(context).getSession(cookies[1]).get("user")).isEqualTo("42"));
	}

	/** The steps of the README, with secrets that were read from files. */
	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "  " })
	void aRotationKeepsEverybodyLoggedInWhateverWhiteSpaceIsAroundTheSecrets(String space) {
		String[] cookie = new String[1];
		Contexts.webWithoutSecret()
			.withInitializer(secrets(Map.of("sessionkit.cookie.secrets", Contexts.SECRET + space)))
			.run((context) -> cookie[0] = Contexts.cookie(Contexts.setCookie(context)));
		Contexts.webWithoutSecret()
			.withInitializer(secrets(Map.of("sessionkit.cookie.secrets[0]", Contexts.SECRET + space,
					"sessionkit.cookie.secrets[1]", Contexts.OTHER_SECRET + space)))
			.run((context) -> assertThat(Contexts.storage(context).getSession(cookie[0]).get("user")).isEqualTo("42"));
		Contexts.webWithoutSecret()
			.withInitializer(secrets(Map.of("sessionkit.cookie.secrets[0]", Contexts.OTHER_SECRET + space,
					"sessionkit.cookie.secrets[1]", Contexts.SECRET + space)))
			.run((context) -> {
				Session session = Contexts.storage(context).getSession(cookie[0]);
				assertThat(session.get("user")).isEqualTo("42");
				cookie[0] = Contexts.cookie(Contexts.storage(context).commitIfNeeded(session));
			});
		Contexts.webWithoutSecret()
			.withInitializer(secrets(Map.of("sessionkit.cookie.secrets", space + Contexts.OTHER_SECRET)))
			.run((context) -> assertThat(Contexts.storage(context).getSession(cookie[0]).get("user")).isEqualTo("42"));
	}

	/** Property values of the runners are trimmed. */
	private static ApplicationContextInitializer<ConfigurableApplicationContext> secrets(Map<String, Object> secrets) {
		return (context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("secrets", secrets));
	}

	@Test
	void thatAPeerSignsWithTheWhiteSpaceTooIsWarnedOf() {
		for (Map<String, Object> secrets : List.<Map<String, Object>>of(
				Map.of("sessionkit.cookie.secrets", Contexts.SECRET + "\n"),
				Map.of("sessionkit.cookie.secrets[0]", Contexts.SECRET + "\n"))) {
			try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
				Contexts.webWithoutSecret()
					.withInitializer(secrets(secrets))
					.withPropertyValues("sessionkit.format=react-router")
					.run((context) -> assertThat(context).hasNotFailed());
				assertThat(log.messages(Level.WARN)).singleElement()
					.asString()
					.contains("white space", "React Router")
					.doesNotContain(Contexts.SECRET);
			}
		}
	}

	@Test
	void onFailureSaysWhatBecomesOfRequestsWhileTheStoreIsDown() {
		Contexts.web()
			.withBean(CountingStrategy.class)
			.withPropertyValues("sessionkit.on-failure=anonymous")
			.run((context) -> {
				String cookie = Contexts.cookie(Contexts.setCookie(context));
				context.getBean(CountingStrategy.class).fail(Call.READ);
				assertThat(Contexts.storage(context).getSession(cookie).get("user")).isNull();
			});
	}

	@Test
	void environmentVariablesBind() {
		Map<String, Object> variables = Map.of("SESSIONKIT_STORAGE", "memory", "SESSIONKIT_COOKIE_SECRETS",
				Contexts.OTHER_SECRET + "," + Contexts.SECRET, "SESSIONKIT_COOKIE_MAXAGE", "7d",
				"SESSIONKIT_COOKIE_SAMESITE", "strict", "SESSIONKIT_IDLETIMEOUT", "2h", "SESSIONKIT_MEMORY_MAXSESSIONS",
				"5");
		try (ConfigurableApplicationContext context = run(variables)) {
			SessionStorage storage = Contexts.storage(context);
			assertThat(Contexts.setCookie(storage)).startsWith("__Host-session=i1.")
				.endsWith("; Max-Age=604800; Path=/; Secure; HttpOnly; SameSite=Strict");
			SessionKitProperties properties = context.getBean(SessionKitProperties.class);
			assertThat(properties.idleTimeout()).isEqualTo(Duration.ofHours(2));
			assertThat(properties.memory().maxSessions()).isEqualTo(5);
			assertThat(properties.cookie().secrets()).containsExactly(Contexts.OTHER_SECRET, Contexts.SECRET);
		}
		variables = Map.of("SESSIONKIT_COOKIE_SECRETS_0_", Contexts.SECRET);
		try (ConfigurableApplicationContext context = run(variables)) {
			assertThat(context.getBean(SessionKitProperties.class).cookie().secrets()).containsExactly(Contexts.SECRET);
		}
	}

	@Test
	void anEnvironmentVariableThatIsSetToNothingIsNotTakenForUnset() {
		assertThatException().isThrownBy(() -> run(Map.of("SESSIONKIT_COOKIE_SECRETS", "")))
			.havingRootCause()
			.withMessageContaining("is blank");
	}

	@Test
	void nothingPrintsASecret() {
		Contexts.web().run((context) -> {
			SessionKitProperties properties = context.getBean(SessionKitProperties.class);
			assertThat(properties.toString()).doesNotContain(Contexts.SECRET).contains("1 secrets");
			assertThat(context.getBean(SessionCookie.class).toString()).doesNotContain(Contexts.SECRET);
		});
	}

	private static ConfigurableApplicationContext run(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		SpringApplication application = new SpringApplication(Application.class);
		application.setEnvironment(environment);
		application.setWebApplicationType(WebApplicationType.SERVLET);
		return application.run("--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=warn");
	}

	@EnableAutoConfiguration
	static final class Application {

	}

}
