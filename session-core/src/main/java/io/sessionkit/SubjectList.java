package io.sessionkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The storage keys of the sessions of a principal name, as the body of one record:
 * {@code # version[1] room[4]} and for each session {@code key[32] added[5] until[5]}.
 * The first bit of {@code added} is set if the session is being ended. An entry is only a
 * hint, and the record of the session decides. There is no record without an entry.
 *
 * @param room how many entries there may be before those without a record are looked for
 * @param entries the entries, the oldest first
 */
record SubjectList(int room, List<Entry> entries) {

	/** The most entries, which fit into a record. */
	static final int MOST = 5000;

	/** How many records are read in one call. */
	static final int BATCH = 100;

	private static final SubjectList EMPTY = new SubjectList(BATCH, List.of());

	private static final byte MARK = '#';

	private static final byte VERSION = '1';

	private static final int ENDING = 0x80;

	private static final long ENDING_SECONDS = 0x80L << ((EpochSeconds.BYTES - 1) * Byte.SIZE);

	private static final int KEY = 32;

	private static final int HEADER = 2 + Integer.BYTES;

	private static final int ENTRY = KEY + 2 * EpochSeconds.BYTES;

	/**
	 * One session.
	 *
	 * @param key the key of its record
	 * @param added when it was listed, which is before its record is written
	 * @param until the latest time at which it expires
	 * @param ending whether it is being ended and cannot get another id
	 */
	record Entry(String key, Instant added, Instant until, boolean ending) {

		/** Returns whether a missing record may be about to be written. */
		boolean isInFlight(Instant now) {
			return now.isBefore(this.added.plus(Lifetimes.IN_FLIGHT_ANYWHERE));
		}

	}

	static boolean isIn(byte[] body) {
		return body.length > 0 && body[0] == MARK;
	}

	/** Reads a body. A body that is not a list gives an empty one. */
	static SubjectList of(byte[] body) {
		if (!isReadable(body)) {
			return EMPTY;
		}
		int room = 0;
		for (int i = 2; i < HEADER; i++) {
			room = room << Byte.SIZE | (body[i] & 0xFF);
		}
		List<Entry> entries = new ArrayList<>();
		for (int at = HEADER; at < body.length; at += ENTRY) {
			entries.add(entry(body, at));
		}
		return new SubjectList(room, entries);
	}

	private static boolean isReadable(byte[] body) {
		return body.length >= HEADER && body[0] == MARK && body[1] == VERSION && (body.length - HEADER) % ENTRY == 0;
	}

	private static Entry entry(byte[] body, int at) {
		boolean ending = (body[at + KEY] & ENDING) != 0;
		Instant added = EpochSeconds.get(body, at + KEY).minusSeconds(ending ? ENDING_SECONDS : 0);
		return new Entry(SessionIds.text(Arrays.copyOfRange(body, at, at + KEY)), added,
				EpochSeconds.get(body, at + KEY + EpochSeconds.BYTES), ending);
	}

	byte[] toBytes() {
		byte[] body = new byte[HEADER + this.entries.size() * ENTRY];
		body[0] = MARK;
		body[1] = VERSION;
		for (int i = 0; i < Integer.BYTES; i++) {
			body[2 + i] = (byte) (this.room >>> ((Integer.BYTES - 1 - i) * Byte.SIZE));
		}
		int at = HEADER;
		for (Entry entry : this.entries) {
			System.arraycopy(SessionIds.bytes(entry.key()), 0, body, at, KEY);
			EpochSeconds.put(body, at + KEY, entry.added());
			body[at + KEY] |= (byte) (entry.ending() ? ENDING : 0);
			EpochSeconds.put(body, at + KEY + EpochSeconds.BYTES, entry.until());
			at += ENTRY;
		}
		return body;
	}

	/**
	 * Adds a session, at the end if it is listed already, and removes sessions that have
	 * expired.
	 */
	SubjectList with(String key, Instant now, Instant until) {
		List<Entry> all = new ArrayList<>(this.entries.size() + 1);
		for (Entry entry : this.entries) {
			if (now.isBefore(entry.until().plus(Lifetimes.CLOCKS)) && !entry.key().equals(key)) {
				all.add(entry);
			}
		}
		all.add(new Entry(key, now, until, isEnding(key)));
		return new SubjectList(this.room, all);
	}

	/** Returns whether a session is being ended. */
	boolean isEnding(@Nullable String key) {
		return key != null && this.entries.stream().anyMatch((entry) -> entry.ending() && entry.key().equals(key));
	}

	/** Marks all sessions except one as being ended. */
	SubjectList ending(@Nullable String kept) {
		return new SubjectList(this.room,
				this.entries.stream()
					.map((entry) -> new Entry(entry.key(), entry.added(), entry.until(),
							entry.ending() || !entry.key().equals(kept)))
					.toList());
	}

	/** Removes entries, unless they were changed in the meantime. */
	SubjectList without(Collection<Entry> dropped) {
		Set<Entry> gone = new HashSet<>(dropped);
		List<Entry> rest = this.entries.stream().filter((entry) -> !gone.contains(entry)).toList();
		return (rest.size() < this.entries.size()) ? new SubjectList(this.room, rest) : this;
	}

	/** Returns whether it is time to look for entries without a record. */
	boolean isFull() {
		return this.entries.size() > this.room;
	}

	/**
	 * Doubles the room, so that the next sessions can be added without looking for such
	 * entries.
	 */
	SubjectList withRoom() {
		return new SubjectList(Math.min(MOST, Math.max(BATCH, 2 * this.entries.size())), this.entries);
	}

	/**
	 * Returns the latest time at which the last session expires; shortly after now if
	 * there is no session.
	 */
	Instant end(Instant now) {
		return this.entries.stream()
			.map(Entry::until)
			.max(Comparator.naturalOrder())
			.filter((last) -> last.isAfter(now))
			.orElse(now.plus(Lifetimes.IN_FLIGHT_ANYWHERE));
	}

	/**
	 * Returns whether a list has an entry that is in flight or has a record, starting
	 * with the newest.
	 */
	static boolean isNeeded(byte[] body, Instant now, Predicate<String> present) {
		if (!isReadable(body)) {
			return false;
		}
		for (int at = body.length - ENTRY; at >= HEADER; at -= ENTRY) {
			Entry entry = entry(body, at);
			if (entry.isInFlight(now) || present.test(entry.key())) {
				return true;
			}
		}
		return false;
	}

	/** Splits entries into parts that are read in one call. */
	static List<List<Entry>> batches(List<Entry> entries) {
		List<List<Entry>> batches = new ArrayList<>();
		for (int from = 0; from < entries.size(); from += BATCH) {
			batches.add(entries.subList(from, Math.min(entries.size(), from + BATCH)));
		}
		return batches;
	}

}
