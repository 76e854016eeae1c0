package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What this process remembers of the cookie-held sessions that it has ended, since their
 * cookies stay authentic until they expire. Bounded: the oldest goes first, and of those
 * with a subject none while there are others, so that strangers who come and go in
 * numbers bring nobody's session back.
 */
final class EndedSessions {

	static final int CAPACITY = 100_000;

	private final Map<String, Ended> nobodys = new LinkedHashMap<>();

	private final Map<String, Ended> somebodys = new LinkedHashMap<>();

	/**
	 * Remembers a session as ended.
	 * @param hasSubject whether it was the session of a subject
	 * @param successor the id for which it was left; {@code null} for none
	 * @return {@code false} if it was already
	 */
	synchronized boolean add(String id, boolean hasSubject, Instant now, Instant until, @Nullable Successor successor) {
		if (endOf(id) != null) {
			return false;
		}
		removePast(this.nobodys, now);
		removePast(this.somebodys, now);
		while (this.nobodys.size() + this.somebodys.size() >= CAPACITY) {
			removeOldest(this.nobodys.isEmpty() ? this.somebodys : this.nobodys);
		}
		(hasSubject ? this.somebodys : this.nobodys).put(id, new Ended(now, until, successor));
		return true;
	}

	private static void removePast(Map<String, Ended> endings, Instant now) {
		Iterator<Ended> oldest = endings.values().iterator();
		while (oldest.hasNext() && oldest.next().until().isBefore(now)) {
			oldest.remove();
		}
	}

	private static void removeOldest(Map<String, Ended> endings) {
		Iterator<Ended> oldest = endings.values().iterator();
		oldest.next();
		oldest.remove();
	}

	/**
	 * When a session was ended; {@code null} if this process has not ended it.
	 */
	synchronized @Nullable Instant endOf(String id) {
		Ended ended = this.somebodys.getOrDefault(id, this.nobodys.get(id));
		return (ended != null) ? ended.at() : null;
	}

	/** For which id a session was left a moment ago; {@code null} for none known here. */
	synchronized @Nullable Successor successorOf(String id, Instant now) {
		Ended ended = this.somebodys.getOrDefault(id, this.nobodys.get(id));
		return (ended != null && now.isBefore(ended.at().plus(Lifetimes.TOMBSTONE))) ? ended.successor() : null;
	}

	private record Ended(Instant at, Instant until, @Nullable Successor successor) {
	}

	/**
	 * What a session was left for.
	 *
	 * @param id its id
	 * @param hasSubject whether it is the session of a subject
	 * @param life how long other nodes are to know of its end
	 */
	record Successor(String id, boolean hasSubject, Duration life) {

		@Override
		public String toString() {
			return "Successor[hasSubject=" + this.hasSubject + "]";
		}

	}

}
