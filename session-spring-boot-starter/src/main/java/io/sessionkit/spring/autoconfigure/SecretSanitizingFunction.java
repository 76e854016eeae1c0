package io.sessionkit.spring.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides secrets and tokens from the endpoints {@code env} and {@code configprops}, also
 * where they show all values: whatever the property is called, such as the environment
 * variable that {@code sessionkit.cookie.secrets} refers to.
 */
final class SecretSanitizingFunction implements SanitizingFunction {

	private static final List<String> KEYS = List.of("sessionkitcookiesecrets", "sessionkitcloudflarekvapitoken");

	/** A shorter one may be a part of anything. */
	private static final int RECOGNIZABLE = 16;

	private final ObjectProvider<SessionKitProperties> properties;

	SecretSanitizingFunction(ObjectProvider<SessionKitProperties> properties) {
		this.properties = properties;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		return (isSecretKey(data.getKey()) || hasSecret(data.getValue())) ? data.withSanitizedValue() : data;
	}

	/** In every spelling that binds. */
	private static boolean isSecretKey(String key) {
		String plain = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
		return KEYS.stream().anyMatch(plain::startsWith);
	}

	private boolean hasSecret(@Nullable Object value) {
		String text = String.valueOf(value);
		return secrets().anyMatch((secret) -> text.strip().equals(secret.strip())
				|| (secret.strip().length() >= RECOGNIZABLE && text.contains(secret.strip())));
	}

	private Stream<String> secrets() {
		SessionKitProperties known = this.properties.getIfAvailable();
		return (known == null) ? Stream.empty()
				: Stream.concat(known.cookie().secrets().stream(), Stream.ofNullable(known.cloudflareKv().apiToken()))
					.filter(Objects::nonNull)
					.filter((secret) -> !secret.isBlank());
	}

}
