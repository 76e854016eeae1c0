package io.sessionkit.spring.autoconfigure;

import java.time.InstantSource;
import java.util.List;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import io.sessionkit.storage.dynamodb.DynamoDbStorageStrategy;
import io.sessionkit.storage.dynamodb.SessionDynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for sessions in DynamoDB. It uses the application's
 * {@code DynamoDbClient} bean or, if there are several, the primary one or the one marked
 * with {@link SessionDynamoDbClient}. It does not create a client itself, since it cannot
 * know credentials, region and timeouts. The application or Spring Cloud AWS provides
 * one.
 */
@AutoConfiguration(before = SessionStorageAutoConfiguration.class,
		afterName = "io.awspring.cloud.autoconfigure.dynamodb.DynamoDbAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DynamoDbClient.class)
@ConditionalOnSessionStore(value = SessionKitProperties.Storage.DYNAMODB, missing = "there is no DynamoDbClient bean",
		remedy = DynamoDbStorageAutoConfiguration.CLIENT)
@ConditionalOnBean(DynamoDbClient.class)
@ConditionalOnMissingBean({ SessionStorage.class, SessionIdStorageStrategy.class })
@EnableConfigurationProperties(SessionKitProperties.class)
public final class DynamoDbStorageAutoConfiguration {

	/** The connection timeout is shorter than the default of sessionkit.timeout. */
	static final String CLIENT = """
			Add the dependencies software.amazon.awssdk:dynamodb and software.amazon.awssdk:url-connection-client, \
			and define the bean, with your region:

			    @Bean
			    DynamoDbClient dynamoDbClient() {
			        return DynamoDbClient.builder()
			            .region(Region.EU_CENTRAL_1)
			            .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(Duration.ofMillis(250)))
			            .build();
			    }
			""";

	private static final String TABLE_NAME = "sessionkit.dynamodb.table-name";

	private static final String CREATE_TABLE = "sessionkit.dynamodb.create-table";

	@Bean(SessionStorageAutoConfiguration.STRATEGY_BEAN)
	DynamoDbStorageStrategy dynamoDbStorageStrategy(@SessionDynamoDbClient ObjectProvider<DynamoDbClient> marked,
			ObjectProvider<DynamoDbClient> clients, SessionKitProperties properties) {
		DynamoDbStorageStrategy strategy = strategy(client(marked, clients), properties);
		if (properties.dynamodb().createTable()) {
			createTable(strategy);
		}
		else {
			checkTable(strategy);
		}
		return strategy;
	}

	private static DynamoDbClient client(ObjectProvider<DynamoDbClient> marked,
			ObjectProvider<DynamoDbClient> clients) {
		List<DynamoDbClient> ours = marked.stream().toList();
		if (ours.size() == 1) {
			return ours.get(0);
		}
		if (ours.size() > 1) {
			throw new SessionKitConfigurationException(SessionStorageAutoConfiguration.STORAGE,
					ours.size() + " DynamoDbClient beans are marked @SessionDynamoDbClient, but only one can be used",
					"Keep the annotation on one bean only.");
		}
		DynamoDbClient only = clients.getIfUnique();
		if (only != null) {
			return only;
		}
		throw new SessionKitConfigurationException(SessionStorageAutoConfiguration.STORAGE,
				"There are " + clients.stream().count()
						+ " DynamoDbClient beans, and none is primary or marked for sessions",
				"Add @SessionDynamoDbClient (io.sessionkit.storage.dynamodb) to the bean method of the one to use.");
	}

	private static DynamoDbStorageStrategy strategy(DynamoDbClient client, SessionKitProperties properties) {
		SessionKitProperties.Dynamodb dynamodb = properties.dynamodb();
		try {
			return new DynamoDbStorageStrategy(client, dynamodb.tableName(), dynamodb.idAttribute(),
					dynamodb.ttlAttribute(), properties.timeout(), InstantSource.system());
		}
		catch (IllegalArgumentException ex) {
			throw new SessionKitConfigurationException("sessionkit.dynamodb", String.valueOf(ex.getMessage()),
					"Correct sessionkit.dynamodb.table-name, id-attribute or ttl-attribute.");
		}
	}

	private static void createTable(DynamoDbStorageStrategy strategy) {
		try {
			strategy.createTable();
		}
		catch (IllegalStateException | SessionStorageException ex) {
			throw new SessionKitConfigurationException(CREATE_TABLE, CREATE_TABLE + " is 'true': " + ex.getMessage(),
					"Correct this, or let an administrator create the table with" + commands(strategy) + "and set "
							+ CREATE_TABLE + " to false.",
					ex);
		}
	}

	private static void checkTable(DynamoDbStorageStrategy strategy) {
		try {
			strategy.checkTable();
		}
		catch (IllegalStateException ex) {
			throw new SessionKitConfigurationException(TABLE_NAME, String.valueOf(ex
				.getMessage()), "Create the table with" + commands(strategy) + "or set " + CREATE_TABLE
						+ " to true if this application may create it. If the table exists, check the region and the "
						+ "credentials of the DynamoDbClient.",
					ex);
		}
	}

	private static String commands(DynamoDbStorageStrategy strategy) {
		return "\n\n" + strategy.tableCommands() + "\n\n";
	}

}
