package io.sessionkit;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The class ids beside the values of a document, by the names of the values. */
final class StoredClasses {

	private Map<String, JsonSlice> byName = Map.of();

	Map<String, JsonSlice> byName() {
		return this.byName;
	}

	@Nullable JsonSlice get(String name) {
		return this.byName.get(name);
	}

	/** Sets the class ids of a value; {@code null} removes them. */
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

	/** Takes over the class ids of another document, which is never changed in place. */
	void setAll(Map<String, JsonSlice> byName) {
		this.byName = byName;
	}

}
