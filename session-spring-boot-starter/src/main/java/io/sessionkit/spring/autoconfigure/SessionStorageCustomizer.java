package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SessionStorage;

/**
 * Customizes the auto-configured {@link SessionStorage} before it is built, for instance
 * to add a module to its JSON mapper:
 * {@code (storage) -> storage.json((json) -> json.addModule(new MoneyModule()))}. Beans
 * of this type are applied in their order, after the properties.
 */
@FunctionalInterface
public interface SessionStorageCustomizer {

	/**
	 * Customizes the storage.
	 * @param storage the builder of the storage, to which the properties were already
	 * applied
	 */
	void customize(SessionStorage.Builder storage);

}
