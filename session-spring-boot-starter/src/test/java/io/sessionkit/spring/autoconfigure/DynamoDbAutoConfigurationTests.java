package io.sessionkit.spring.autoconfigure;

import java.net.URI;

import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.storage.dynamodb.Clients;
import io.sessionkit.storage.dynamodb.DynamoDbStorageStrategy;
import io.sessionkit.storage.dynamodb.LocalDynamoDb;
import io.sessionkit.storage.dynamodb.SessionDynamoDbClient;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions in DynamoDB by one property, and what the start says where that cannot be.
 */
class DynamoDbAutoConfigurationTests {

	private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

	private static WebApplicationContextRunner application(String... properties) {
		return Contexts.web()
			.withConfiguration(AutoConfigurations.of(DynamoDbStorageAutoConfiguration.class))
			.withPropertyValues("sessionkit.storage=dynamodb", "sessionkit.timeout=5s")
			.withPropertyValues(properties);
	}

	private static WebApplicationContextRunner connected(String... properties) {
		return application(properties).withBean(DynamoDbClient.class, DynamoDbAutoConfigurationTests::client);
	}

	/** Of its own, since the context closes it. */
	private static DynamoDbClient client() {
		return Clients.to(LocalDynamoDb.shared().endpoint());
	}

	private static String analysis(AssertableWebApplicationContext context) {
		FailureAnalysis analysis = new SessionKitFailureAnalyzer().analyze(context.getStartupFailure());
		return analysis.getDescription() + " " + analysis.getAction();
	}

	@Test
	void theApplicationsClientKeepsTheSessionsInATableThatIsMade() {
		connected("sessionkit.dynamodb.create-table=true", "sessionkit.dynamodb.table-name=app-sessions",
				"sessionkit.dynamodb.id-attribute=id", "sessionkit.dynamodb.ttl-attribute=gone")
			.run((context) -> {
				SessionStorage storage = Contexts.storage(context);
				String cookie = Contexts.cookie(Contexts.setCookie(context));
				assertThat(storage.getSession(cookie).get("user")).isEqualTo("42");
				assertThat(context.getBean(SubjectSessions.class).canList()).isTrue();
				assertThat(context.getBean(DynamoDbClient.class)
					.scan((request) -> request.tableName("app-sessions"))
					.items()).singleElement().satisfies((item) -> assertThat(item).containsKeys("id", "gone"));
			});
	}

	@Test
	void aTableThatIsMissingIsShownWithTheCommandsThatMakeIt() {
		connected("sessionkit.dynamodb.table-name=missing-sessions")
			.run((context) -> assertThat(analysis(context)).contains("There is no table 'missing-sessions'",
					"aws dynamodb create-table --table-name missing-sessions", "aws dynamodb update-time-to-live",
					"sessionkit.dynamodb.create-table"));
	}

	@Test
	void anApplicationStartsWhileDynamoDbIsDown() {
		application().withBean(DynamoDbClient.class, () -> Clients.to(NOWHERE))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(DynamoDbStorageStrategy.class));
	}

	@Test
	void withoutAClientTheStartShowsTheBean() {
		application().run((context) -> assertThat(analysis(context)).contains("there is no DynamoDbClient bean",
				"url-connection-client", "DynamoDbClient.builder()"));
	}

	@Test
	void ofSeveralClientsTheMarkedOneCounts() {
		application("sessionkit.dynamodb.create-table=true", "sessionkit.dynamodb.table-name=marked-sessions")
			.withUserConfiguration(TwoClients.class)
			.run((context) -> {
				Contexts.setCookie(context);
				assertThat(
						LocalDynamoDb.shared().client().scan((request) -> request.tableName("marked-sessions")).items())
					.hasSize(1);
			});
	}

	@Test
	void ofSeveralClientsWithoutAMarkTheStartSaysWhatToDo() {
		application().withBean("one", DynamoDbClient.class, () -> Clients.to(NOWHERE))
			.withBean("two", DynamoDbClient.class, () -> Clients.to(NOWHERE))
			.run((context) -> assertThat(analysis(context)).contains("2 DynamoDbClient beans",
					"@SessionDynamoDbClient"));
	}

	@Test
	void anImpossibleNameNamesTheProperty() {
		application("sessionkit.dynamodb.table-name=a").withBean(DynamoDbClient.class, () -> Clients.to(NOWHERE))
			.run((context) -> assertThat(analysis(context)).contains("The table name 'a' is not possible",
					"sessionkit.dynamodb.table-name"));
	}

	@Test
	void endsOfCookieHeldSessionsCanBeKeptThere() {
		Contexts.web()
			.withConfiguration(AutoConfigurations.of(DynamoDbStorageAutoConfiguration.class))
			.withPropertyValues("sessionkit.revocation.storage=dynamodb", "sessionkit.timeout=5s",
					"sessionkit.dynamodb.create-table=true", "sessionkit.dynamodb.table-name=ended-sessions")
			.withBean(DynamoDbClient.class, DynamoDbAutoConfigurationTests::client)
			.run((context) -> {
				SessionStorage storage = Contexts.storage(context);
				String cookie = Contexts.cookie(Contexts.setCookie(context));
				storage.destroySession(storage.getSession(cookie));
				assertThat(context.getBean(DynamoDbClient.class)
					.scan((request) -> request.tableName("ended-sessions"))
					.items()).hasSize(1);
			});
	}

	@Test
	void withoutTheLibraryTheStartNamesIt() {
		application().withClassLoader(new FilteredClassLoader("software.amazon.awssdk"))
			.run((context) -> assertThat(analysis(context)).contains("software.amazon.awssdk:dynamodb"));
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoClients {

		@Bean
		DynamoDbClient elsewhere() {
			return Clients.to(NOWHERE);
		}

		@Bean
		@SessionDynamoDbClient
		DynamoDbClient ofSessions() {
			return client();
		}

	}

}
