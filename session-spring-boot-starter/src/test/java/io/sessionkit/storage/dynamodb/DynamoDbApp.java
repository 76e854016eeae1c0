package io.sessionkit.storage.dynamodb;

import java.net.URI;

import io.sessionkit.spring.app.ProbeController;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * An application with sessions in the DynamoDB at {@code endpoint}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ProbeController.class)
class DynamoDbApp {

	@Bean
	DynamoDbClient dynamoDbClient(@Value("${endpoint}") URI endpoint) {
		return Clients.to(endpoint);
	}

}
