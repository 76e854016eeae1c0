package io.sessionkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.sessionkit.SubjectList.Entry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of the sessions of a principal name, found through its list. */
final class SubjectRecords {

	private static final int ROUNDS = 100;

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.SubjectSessions");

	private final RecordRepository records;

	private final SubjectIndex index;

	private final SessionIdStorageStrategy strategy;

	private final SubjectKeys keys;

	private final Lifetimes lifetimes;

	private final LifeEvents events;

	SubjectRecords(RecordRepository records, SubjectIndex index, SessionIdStorageStrategy strategy, SubjectKeys keys,
			Lifetimes lifetimes, LifeEvents events) {
		this.records = records;
		this.index = index;
		this.strategy = strategy;
		this.keys = keys;
		this.lifetimes = lifetimes;
		this.events = events;
	}

	/**
	 * Returns whether sessions can be listed, which needs a consistent store and a
	 * secret.
	 */
	boolean isIndexed() {
		return this.strategy.isConsistent() && this.keys.isSecret();
	}

	SubjectKeys keys() {
		return this.keys;
	}

	private List<String> indexes(String subject) {
		if (!this.strategy.isConsistent()) {
			throw new IllegalStateException("The sessions of a subject cannot be listed here, since the strategy says "
					+ "that its store is not consistent; keep them in another store, or end them one by one");
		}
		return this.keys.allIndexes(subject);
	}

	/**
	 * Returns the live sessions by their keys, the oldest first. This takes two calls for
	 * up to {@value SubjectList#BATCH} sessions, and one more for each additional secret.
	 * @param limit how many of the newest sessions are returned
	 */
	Map<String, Found> live(String subject, int limit) {
		List<Entry> newestFirst = new ArrayList<>();
		indexes(subject).forEach((each) -> newestFirst.addAll(this.index.entries(each)));
		// Of the same second, the one added last is the newest.
		Collections.reverse(newestFirst);
		newestFirst.sort(Comparator.comparing(Entry::added).reversed());
		Map<String, Found> live = new LinkedHashMap<>();
		for (List<Entry> batch : SubjectList.batches(newestFirst)) {
			if (live.size() < limit) {
				this.strategy.readAll(batch.stream().map(Entry::key).distinct().toList()).forEach((key, record) -> {
					Found found = this.records.found(key, record);
					if (found != null && found.isLive() && subject.equals(found.document().subject())) {
						live.put(key, found);
					}
				});
			}
		}
		Collections.reverse(newestFirst);
		Comparator<Found> byAge = Comparator.comparing(Found::created);
		return newestFirst.stream()
			.map(Entry::key)
			.distinct()
			.filter(live::containsKey)
			.sorted(Comparator.comparing(live::get, byAge.thenComparing(Found::expires)))
			.skip(Math.max(0, live.size() - limit))
			.collect(Collectors.toMap((key) -> key, live::get, (one, other) -> one, LinkedHashMap::new));
	}

	/**
	 * Ends the session with a handle.
	 * @return {@code false} if there is no such live session
	 */
	boolean endShown(String subject, String handle) {
		for (String each : indexes(subject)) {
			for (Entry entry : this.index.entries(each)) {
				if (this.keys.isHandle(handle, entry.key())) {
					Found found = this.records.read(entry.key());
					return found != null && found.isLive() && subject.equals(found.document().subject())
							&& end(entry.key(), found);
				}
			}
		}
		return false;
	}

	/**
	 * Ends a session, whatever is in flight. Its browser has no other session that a late
	 * request could log out, so no tombstone remains, which would keep the browser from
	 * starting a new session.
	 * @return {@code false} if it had been ended before
	 */
	boolean end(String key, Found found) {
		boolean ended = this.records.end(key, found);
		if (ended) {
			this.records.delete(key);
			this.events.recordDestroyed(key, found.document().subject());
		}
		return ended;
	}

	/**
	 * Ends all sessions except one. This repeats until two rounds in a row find no
	 * session, because a session that changes its id during one round may be missed under
	 * both ids. A session that this instance cannot read, or takes for expired, may be
	 * live on another instance, so it is ended too.
	 * @param kept the key of the session that is not ended; {@code null} for none
	 */
	void endAll(String subject, @Nullable String kept) {
		boolean none = false;
		for (int round = 0; round < ROUNDS; round++) {
			boolean any = false;
			for (String each : indexes(subject)) {
				any |= endListed(each, subject, kept);
			}
			if (!any && none) {
				return;
			}
			none = !any;
		}
		throw new SessionStorageException("After " + ROUNDS + " rounds of ending the sessions of a subject there are "
				+ "still some; check the strategy's deleteData, and who logs in so often", null);
	}

	/** Ends the listed sessions and removes them from the list. */
	private boolean endListed(String index, String subject, @Nullable String kept) {
		List<Entry> over = new ArrayList<>();
		boolean any = false;
		for (List<Entry> batch : SubjectList.batches(this.index.ending(index, kept))) {
			Map<String, SessionRecord> present = this.strategy.readAll(batch.stream().map(Entry::key).toList());
			for (Entry entry : batch) {
				SessionRecord record = present.get(entry.key());
				boolean ended = endFollowed(entry.key(), record, subject, kept);
				any |= ended;
				if (ended || SubjectIndex.isLost(entry, record, this.lifetimes.now())) {
					over.add(entry);
				}
			}
		}
		try {
			this.index.remove(index, over);
		}
		catch (SessionStorageException ex) {
			logger.debug("The ended sessions of a subject stay on its list for a while", ex);
		}
		return any;
	}

	/**
	 * Ends a session. If it has just got another id, ends that session, as long as it has
	 * the same principal name.
	 */
	private boolean endFollowed(String listed, @Nullable SessionRecord record, String subject, @Nullable String kept) {
		String key = listed;
		SessionRecord present = record;
		for (int left = 0; left <= Lifetimes.FOLLOWED_IDS && present != null; left++) {
			if (present.isTombstone()) {
				key = present.successor();
				if (key == null || key.equals(kept)) {
					return false;
				}
			}
			else if (!this.records.isOf(subject, present)) {
				return false;
			}
			else if (endAnyway(key, present, subject)) {
				return true;
			}
			present = this.strategy.readData(key);
		}
		return false;
	}

	private boolean endAnyway(String key, SessionRecord record, String subject) {
		Found found = this.records.found(key, record);
		if (found != null && found.isLive()) {
			return end(key, found);
		}
		this.records.delete(key);
		this.events.recordDestroyed(key, subject);
		return true;
	}

}
