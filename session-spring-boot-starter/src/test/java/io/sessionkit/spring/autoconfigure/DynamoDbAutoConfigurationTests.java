package io.sessionkit.spring.autoconfigure;

import java.net.URI;
import java.time.Duration;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.storage.dynamodb.Clients;
import io.sessionkit.storage.dynamodb.DynamoDbStorageStrategy;
import io.sessionkit.storage.dynamodb.LocalDynamoDb;
import io.sessionkit.storage.dynamodb.SessionDynamoDbClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions in DynamoDB by configuration and one bean.
 */
class DynamoDbAutoConfigurationTests {

	/** Nobody listens there. */
	private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

	private static WebApplicationContextRunner withoutClient() {
		return Contexts.web()
			.withConfiguration(AutoConfigurations.of(DynamoDbStorageAutoConfiguration.class))
			.withPropertyValues("sessionkit.storage=dynamodb");
	}

	private static WebApplicationContextRunner down() {
		return withoutClient().withBean(DynamoDbClient.class, () -> Clients.to(NOWHERE));
	}

	/** Where it cannot be started the test is skipped, and not its context that fails. */
	private static WebApplicationContextRunner withServer() {
		assertThat(LocalDynamoDb.shared().endpoint()).isNotNull();
		return withoutClient();
	}

	/** The first test has to connect; time is what other tests look at. */
	private static WebApplicationContextRunner dynamoDb(String table) {
		return withServer().withBean(DynamoDbClient.class, () -> Clients.to(LocalDynamoDb.shared().endpoint()))
			.withPropertyValues("sessionkit.timeout=5s", "sessionkit.dynamodb.table-name=" + table);
	}

	private static int items(String table) {
		return LocalDynamoDb.shared().client().scan((request) -> request.tableName(table)).count();
	}

	@Test
	void theClientOfTheApplicationKeepsRecordsThatASignedCookieNames() {
		dynamoDb("by-properties")
			.withPropertyValues("sessionkit.dynamodb.create-table=true", "sessionkit.dynamodb.id-attribute=id",
					"sessionkit.dynamodb.ttl-attribute=ttl")
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.hasSingleBean(DynamoDbStorageStrategy.class)
					.hasBean("sessionKitStorageStrategy");
				assertThat(context.getBean(SessionCookie.class).isEncrypted()).isFalse();
				String setCookie = Contexts.setCookie(context);
				assertThat(setCookie).startsWith("__Host-session=i1.");
				assertThat(Contexts.storage(context).getSession(Contexts.cookie(setCookie)).get("user"))
					.isEqualTo("42");
				assertThat(
						LocalDynamoDb.shared().client().scan((request) -> request.tableName("by-properties")).items())
					.singleElement()
					.satisfies((item) -> assertThat(item).containsKeys("id", "ttl"));
			});
	}

	@Test
	void theEndsOfSessionsInCookiesCanBeInItInstead() {
		dynamoDb("revoked")
			.withPropertyValues("sessionkit.storage=cookie", "sessionkit.revocation.storage=dynamodb",
					"sessionkit.dynamodb.create-table=true")
			.run((context) -> {
				SessionStorage storage = Contexts.storage(context);
				String cookie = Contexts.cookie(Contexts.setCookie(context));
				assertThat(cookie).doesNotStartWith("__Host-session=i1.");
				storage.destroySession(storage.getSession(cookie));
				assertThat(items("revoked")).isEqualTo(1);
				assertThat(storage.getSession(cookie).isNew()).isTrue();
			});
	}

	@Test
	void anotherStorageAsksNothingOfAClient() {
		for (String storage : new String[] { "cookie", "memory" }) {
			down().withPropertyValues("sessionkit.storage=" + storage)
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DynamoDbStorageStrategy.class));
		}
		Contexts.web()
			.withClassLoader(new FilteredClassLoader("software.amazon.awssdk"))
			.withConfiguration(AutoConfigurations.of(DynamoDbStorageAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SessionStorage.class));
	}

	@Test
	void itBacksOffForTheApplicationsOwn() {
		SessionCookie cookie = SessionCookie.builder("own").encryptedWith(Contexts.OTHER_SECRET).build();
		down().withBean(SessionStorage.class, () -> SessionStorage.inCookie(cookie))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DynamoDbStorageStrategy.class));
		down().withBean("ownStrategy", SessionIdStorageStrategy.class, CountingStrategy::new)
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context)).contains("'ownStrategy'"));
	}

	@Test
	void withoutAClientTheStartShowsTheBeanToDefine() {
		withoutClient().run((context) -> assertThat(FailureAnalysisTests.analysis(context)).contains(
				"sessionkit.storage is 'dynamodb', but there is no DynamoDbClient bean",
				"software.amazon.awssdk:dynamodb and software.amazon.awssdk:url-connection-client", "@Bean",
				"DynamoDbClient.builder()", "connectionTimeout(Duration.ofMillis(250))"));
		withoutClient().withClassLoader(new FilteredClassLoader("software.amazon.awssdk"))
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context))
				.contains("software.amazon.awssdk:dynamodb"));
		Contexts.web()
			.withConfiguration(AutoConfigurations.of(DynamoDbStorageAutoConfiguration.class))
			.withPropertyValues("sessionkit.revocation.storage=dynamodb")
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context))
				.contains("sessionkit.revocation.storage is 'dynamodb', but there is no such store"));
	}

	@Test
	void aTableThatIsMissingIsShownWithTheCommandsThatCreateIt() {
		dynamoDb("missing").run((context) -> assertThat(FailureAnalysisTests.analysis(context)).contains(
				"sessionkit.dynamodb.table-name", "There is no table 'missing' in the account and region",
				"aws dynamodb create-table --table-name missing --billing-mode PAY_PER_REQUEST",
				"aws dynamodb update-time-to-live --table-name missing", "sessionkit.dynamodb.create-table to true"));
	}

	@Test
	void aTableWithAnotherKeyIsSaid() {
		String[] table = { "sessionkit.dynamodb.create-table=true", "sessionkit.dynamodb.id-attribute=one" };
		dynamoDb("other-key").withPropertyValues(table).run((context) -> assertThat(context).hasNotFailed());
		dynamoDb("other-key").run((context) -> assertThat(FailureAnalysisTests.analysis(context))
			.contains("The key of the table 'other-key' is not the string '_idx' alone"));
		dynamoDb("other-key").withPropertyValues("sessionkit.dynamodb.create-table=true")
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context))
				.contains("sessionkit.dynamodb.create-table is 'true': The key of the table 'other-key'"));
	}

	@Test
	void aDynamoDbThatIsDownDoesNotKeepTheApplicationFromStartingUnlessItsTableIsToBeCreated() {
		down().run((context) -> assertThat(context).hasNotFailed());
		down().withPropertyValues("sessionkit.dynamodb.create-table=true")
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context)).contains(
					"sessionkit.dynamodb.create-table is 'true': The table 'sessions' could not be created",
					"aws dynamodb create-table --table-name sessions"));
	}

	@ParameterizedTest
	@CsvSource({ "table-name=my sessions, my sessions", "id-attribute=version, version",
			"ttl-attribute=_idx, both '_idx'" })
	void anImpossibleNameIsNamed(String property, String problem) {
		down().withPropertyValues("sessionkit.dynamodb." + property)
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context)).contains("sessionkit.dynamodb",
					problem));
	}

	@Test
	void theMarkedClientKeepsTheSessions() {
		withServer().withUserConfiguration(Marked.class)
			.withPropertyValues("sessionkit.timeout=5s", "sessionkit.dynamodb.table-name=marked",
					"sessionkit.dynamodb.create-table=true")
			.run((context) -> {
				Contexts.setCookie(context);
				assertThat(items("marked")).isEqualTo(1);
			});
	}

	@Test
	void ofSeveralThePrimaryOneDoesAndWithoutOneTheStartFails() {
		withServer().withBean("orders", DynamoDbClient.class, () -> Clients.to(NOWHERE))
			.withBean("sessions", DynamoDbClient.class, () -> Clients.to(LocalDynamoDb.shared().endpoint()),
					(definition) -> definition.setPrimary(true))
			.withPropertyValues("sessionkit.timeout=5s", "sessionkit.dynamodb.create-table=true",
					"sessionkit.dynamodb.table-name=primary")
			.run((context) -> {
				Contexts.setCookie(context);
				assertThat(items("primary")).isEqualTo(1);
			});
		down().withBean("orders", DynamoDbClient.class, () -> Clients.to(NOWHERE))
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context)).contains("2 DynamoDbClient beans",
					"@SessionDynamoDbClient"));
		withoutClient().withUserConfiguration(Marked.class, MarkedToo.class)
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context))
				.contains("2 DynamoDbClient beans are marked @SessionDynamoDbClient"));
	}

	@Test
	void theTimeoutIsTheOneOfTheProperties() {
		down().withPropertyValues("sessionkit.timeout=2s").run((context) -> {
			long begin = System.nanoTime();
			assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> Contexts.setCookie(context))
				.withMessageContaining("DynamoDB failed to create a session record");
			assertThat(Duration.ofNanos(System.nanoTime() - begin))
				.as("until the next pause would take longer than what is left")
				.isGreaterThan(Duration.ofMillis(1200));
		});
	}

	static final class Marked {

		@Bean
		DynamoDbClient orders() {
			return Clients.to(NOWHERE);
		}

		@Bean
		@SessionDynamoDbClient
		DynamoDbClient sessions() {
			return Clients.to(LocalDynamoDb.shared().endpoint());
		}

	}

	static final class MarkedToo {

		@Bean
		@SessionDynamoDbClient
		DynamoDbClient otherSessions() {
			return Clients.to(NOWHERE);
		}

	}

}
