package io.sessionkit.spring.autoconfigure;

import io.sessionkit.spring.autoconfigure.SessionKitProperties.Storage;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Where the properties say that sessions are kept, for whoever decides before all of them
 * are bound.
 *
 * @param sessions where; {@code null} where no property says it
 * @param revocation where the ends of sessions in cookies are kept; {@code null} where no
 * property says it
 */
record ChosenStorage(@Nullable Storage sessions, @Nullable Storage revocation) {

	static ChosenStorage of(Environment environment) {
		Binder binder = Binder.get(environment);
		return new ChosenStorage(binder.bind(SessionStorageAutoConfiguration.STORAGE, Storage.class).orElse(null),
				binder.bind(SessionStorageAutoConfiguration.REVOCATION, Storage.class).orElse(null));
	}

	/** Whether it takes a strategy of this store. */
	boolean needs(Storage store) {
		return this.sessions == store || (this.revocation == store && store.isConsistent());
	}

}
