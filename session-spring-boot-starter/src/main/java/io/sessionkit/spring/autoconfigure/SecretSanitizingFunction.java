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
 * Hides secrets and tokens in the endpoints {@code env} and {@code configprops}, even if
 * these show all values. A secret is hidden under any name, for instance also the
 * environment variable to which {@code sessionkit.cookie.secrets} refers.
 */
final class SecretSanitizingFunction implements SanitizingFunction {

	private static final List<String> KEYS = List.of("sessionkitcookiesecrets", "sessionkitcloudflarekvapitoken");

	/** A shorter secret could be part of any value. */
	private static final int RECOGNIZABLE = 16;

	private final ObjectProvider<SessionKitProperties> properties;

	SecretSanitizingFunction(ObjectProvider<SessionKitProperties> properties) {
		this.properties = properties;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		return (isSecretKey(data.getKey()) || hasSecret(data.getValue())) ? data.withSanitizedValue() : data;
	}

	/** Whether a key is that of a secret, in any spelling that Spring Boot binds. */
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
