package io.sessionkit.spring.autoconfigure;

import io.sessionkit.spring.autoconfigure.SessionKitProperties.Storage;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The storages that are set with properties, for code that needs them before all
 * properties are bound.
 *
 * @param sessions where sessions are kept; {@code null} if the property is not set
 * @param revocation where revocations of sessions in cookies are kept; {@code null} if
 * the property is not set
 */
record ChosenStorage(@Nullable Storage sessions, @Nullable Storage revocation) {

	static ChosenStorage of(Environment environment) {
		Binder binder = Binder.get(environment);
		return new ChosenStorage(binder.bind(SessionStorageAutoConfiguration.STORAGE, Storage.class).orElse(null),
				binder.bind(SessionStorageAutoConfiguration.REVOCATION, Storage.class).orElse(null));
	}

	/** Whether a strategy for this store is needed. */
	boolean needs(Storage store) {
		return this.sessions == store || (this.revocation == store && store.isConsistent());
	}

}
