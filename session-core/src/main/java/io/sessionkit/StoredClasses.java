package io.sessionkit;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The classes that stand beside values in a document, by the name of the value.
 */
final class StoredClasses {

	private Map<String, JsonSlice> byName = Map.of();

	Map<String, JsonSlice> byName() {
		return this.byName;
	}

	@Nullable JsonSlice get(String name) {
		return this.byName.get(name);
	}

	/** Sets them; {@code null} removes them. */
	void set(String name, @Nullable JsonSlice classes) {
		if (classes != null || this.byName.containsKey(name)) {
			this.byName = new LinkedHashMap<>(this.byName);
			if (classes != null) {
				this.byName.put(name, classes);
			}
			else {
				this.byName.remove(name);
			}
		}
	}

	void clear() {
		this.byName = Map.of();
	}

	/** Takes over what another has, which is never changed in place. */
	void setAll(Map<String, JsonSlice> byName) {
		this.byName = byName;
	}

}
