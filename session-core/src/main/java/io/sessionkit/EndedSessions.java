package io.sessionkit;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What this process remembers of the cookie-held sessions that it has ended, since their
 * cookies stay authentic until they expire. Bounded: the oldest goes first.
 */
final class EndedSessions {

	static final int CAPACITY = 100_000;

	private final Map<String, Ended> byId = new LinkedHashMap<>();

	/**
	 * Remembers a session as ended.
	 * @return {@code false} if it was already
	 */
	synchronized boolean add(String id, Instant now, Instant until) {
		if (this.byId.containsKey(id)) {
			return false;
		}
		Iterator<Ended> oldest = this.byId.values().iterator();
		while (oldest.hasNext() && (oldest.next().until().isBefore(now) || this.byId.size() >= CAPACITY)) {
			oldest.remove();
		}
		this.byId.put(id, new Ended(now, until));
		return true;
	}

	/**
	 * When a session was ended; {@code null} if this process has not ended it.
	 */
	synchronized @Nullable Instant endOf(String id) {
		Ended ended = this.byId.get(id);
		return (ended != null) ? ended.at() : null;
	}

	private record Ended(Instant at, Instant until) {
	}

}
