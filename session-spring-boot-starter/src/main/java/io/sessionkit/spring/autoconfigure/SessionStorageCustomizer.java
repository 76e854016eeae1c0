package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SessionStorage;

/**
 * Changes the auto-configured {@link SessionStorage} before it is built, for instance to
 * add a module to its JSON mapper:
 * {@code (storage) -> storage.json((json) -> json.addModule(new MoneyModule()))}. Beans
 * of this type are applied in their order, after the properties.
 */
@FunctionalInterface
public interface SessionStorageCustomizer {

	/**
	 * Changes the storage.
	 * @param storage its builder, with the properties applied
	 */
	void customize(SessionStorage.Builder storage);

}
