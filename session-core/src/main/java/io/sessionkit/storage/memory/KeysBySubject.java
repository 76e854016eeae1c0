package io.sessionkit.storage.memory;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The keys of the records of each subject. Whoever calls holds the lock of the key, so
 * that additions and removals of one key come in the order of its writes.
 */
final class KeysBySubject {

	private final Map<String, Set<String>> keys = new ConcurrentHashMap<>();

	/**
	 * Lists a key under another subject, in both while it moves, so that nobody who looks
	 * meanwhile misses it. {@code null} is nobody.
	 */
	void move(String key, @Nullable String from, @Nullable String to) {
		if (Objects.equals(from, to)) {
			return;
		}
		if (to != null) {
			this.keys.compute(to, (same, present) -> {
				Set<String> keys = (present != null) ? present : ConcurrentHashMap.newKeySet(1);
				keys.add(key);
				return keys;
			});
		}
		if (from != null) {
			this.keys.computeIfPresent(from, (same, present) -> {
				present.remove(key);
				return present.isEmpty() ? null : present;
			});
		}
	}

	/** The keys, some of which may belong to somebody else by now. */
	Set<String> of(String subject) {
		return this.keys.getOrDefault(subject, Set.of());
	}

	int size() {
		return this.keys.size();
	}

}
