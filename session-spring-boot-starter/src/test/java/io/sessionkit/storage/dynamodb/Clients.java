package io.sessionkit.storage.dynamodb;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Clients as an application defines them, for servers on this machine.
 */
public final class Clients {

	private Clients() {
	}

	public static DynamoDbClient to(URI endpoint) {
		return to(endpoint, (options) -> {
		});
	}

	static DynamoDbClient to(URI endpoint, Consumer<ClientOverrideConfiguration.Builder> options) {
		return DynamoDbClient.builder()
			.endpointOverride(endpoint)
			.region(Region.EU_CENTRAL_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
			.httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(Duration.ofMillis(250)))
			.overrideConfiguration(options)
			.build();
	}

}
