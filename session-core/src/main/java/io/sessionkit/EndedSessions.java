package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The cookie-held sessions that this process has ended, because their cookies stay
 * authentic until they expire. The number is limited. The oldest entry is forgotten
 * first, and those with a principal name only if there are no others, so that a large
 * number of anonymous visitors does not make the session of a user valid again.
 */
final class EndedSessions {

	static final int CAPACITY = 100_000;

	private final Map<String, Ended> nobodys = new LinkedHashMap<>();

	private final Map<String, Ended> somebodys = new LinkedHashMap<>();

	/**
	 * Records that a session was ended.
	 * @param hasSubject whether it had a principal name
	 * @param successor the session under its new id; {@code null} if there is none
	 * @return {@code false} if it had been ended before
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
	 * Returns when a session was ended; {@code null} if this process has not ended it.
	 */
	synchronized @Nullable Instant endOf(String id) {
		Ended ended = this.somebodys.getOrDefault(id, this.nobodys.get(id));
		return (ended != null) ? ended.at() : null;
	}

	/**
	 * Returns the session for which an id was given up a moment ago; {@code null} if this
	 * process knows none.
	 */
	synchronized @Nullable Successor successorOf(String id, Instant now) {
		Ended ended = this.somebodys.getOrDefault(id, this.nobodys.get(id));
		return (ended != null && now.isBefore(ended.at().plus(Lifetimes.TOMBSTONE))) ? ended.successor() : null;
	}

	private record Ended(Instant at, Instant until, @Nullable Successor successor) {
	}

	/**
	 * A session under its new id.
	 *
	 * @param id the new id
	 * @param hasSubject whether it has a principal name
	 * @param life how long other instances have to know when it is ended
	 */
	record Successor(String id, boolean hasSubject, Duration life) {

		@Override
		public String toString() {
			return "Successor[hasSubject=" + this.hasSubject + "]";
		}

	}

}
