package io.sessionkit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The attributes of libraries in a document. If an attribute does not last as long as the
 * session, the first character of its name says how long it lasts.
 */
final class StoredAttributes {

	/** How long an attribute lasts. */
	enum Lasting {

		/** As long as the session. */
		SESSION(""),

		/** Until the session is too large. */
		ROOM("?");

		private final String mark;

		Lasting(String mark) {
			this.mark = mark;
		}

	}

	private final Map<String, JsonSlice> marked = new LinkedHashMap<>();

	private final StoredClasses classes = new StoredClasses();

	Map<String, JsonSlice> marked() {
		return this.marked;
	}

	/** Returns the class ids by the plain names. */
	StoredClasses classes() {
		return this.classes;
	}

	boolean isEmpty() {
		return this.marked.isEmpty();
	}

	Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		this.marked.keySet().forEach((name) -> names.add(plain(name)));
		return Collections.unmodifiableSet(names);
	}

	@Nullable JsonSlice get(String name) {
		if (this.marked.isEmpty()) {
			return null;
		}
		JsonSlice value = this.marked.get(name);
		return (value != null) ? value : this.marked.get(Lasting.ROOM.mark + name);
	}

	void put(String name, JsonSlice value, Lasting lasting) {
		remove(name);
		this.marked.put(lasting.mark + name, value);
	}

	void remove(String name) {
		this.classes.set(name, null);
		for (Lasting lasting : Lasting.values()) {
			this.marked.remove(lasting.mark + name);
		}
	}

	void clear() {
		this.marked.clear();
		this.classes.clear();
	}

	/**
	 * Removes the largest attribute that the session can do without.
	 * @return its name; {@code null} if there is none
	 */
	@Nullable String makeRoom() {
		String largest = null;
		int size = 0;
		for (Map.Entry<String, JsonSlice> entry : this.marked.entrySet()) {
			if (entry.getKey().startsWith(Lasting.ROOM.mark) && entry.getValue().length() > size) {
				largest = entry.getKey();
				size = entry.getValue().length();
			}
		}
		if (largest == null) {
			return null;
		}
		remove(plain(largest));
		return plain(largest);
	}

	/** Returns whether the first character of a name would be taken for a mark. */
	static boolean isMarked(String name) {
		return name.startsWith(Lasting.ROOM.mark);
	}

	static String plain(String marked) {
		return isMarked(marked) ? marked.substring(1) : marked;
	}

}
