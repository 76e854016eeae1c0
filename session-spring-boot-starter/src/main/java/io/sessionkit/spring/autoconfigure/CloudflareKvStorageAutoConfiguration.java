package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.storage.cloudflare.CloudflareKvStorageStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration for sessions in Cloudflare KV.
 */
@AutoConfiguration(before = SessionStorageAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnSessionStore(SessionKitProperties.Storage.CLOUDFLARE_KV)
@ConditionalOnMissingBean({ SessionStorage.class, SessionIdStorageStrategy.class })
@EnableConfigurationProperties(SessionKitProperties.class)
public final class CloudflareKvStorageAutoConfiguration {

	private static final String PREFIX = "sessionkit.cloudflare-kv";

	@Bean(SessionStorageAutoConfiguration.STRATEGY_BEAN)
	CloudflareKvStorageStrategy cloudflareKvStorageStrategy(SessionKitProperties properties) {
		SessionKitProperties.CloudflareKv kv = properties.cloudflareKv();
		String accountId = required("account-id", kv.accountId(),
				"Set it to the ID of the account, which is part of the URL of the Cloudflare dashboard.");
		String namespaceId = required("namespace-id", kv.namespaceId(),
				"Create a KV namespace (npx wrangler kv namespace create sessions), and set it to the ID of that "
						+ "namespace.");
		String apiToken = required("api-token", kv.apiToken(),
				"Create an API token with the permission Workers KV Storage: Edit, and set it in the environment "
						+ "variable SESSIONKIT_CLOUDFLAREKV_APITOKEN.");
		try {
			return CloudflareKvStorageStrategy.builder(accountId, namespaceId, apiToken)
				.keyPrefix(kv.keyPrefix())
				.baseUrl(kv.baseUrl())
				.timeout(properties.timeout())
				.build();
		}
		catch (IllegalArgumentException ex) {
			throw new SessionKitConfigurationException(PREFIX, String.valueOf(ex.getMessage()),
					"Correct this property under " + PREFIX + ".");
		}
	}

	private static String required(String name, @Nullable String value, String action) {
		if (!StringUtils.hasText(value)) {
			String property = PREFIX + "." + name;
			throw new SessionKitConfigurationException(property,
					SessionStorageAutoConfiguration.STORAGE + " is 'cloudflare-kv', but " + property + " is not set",
					action);
		}
		return value;
	}

}
