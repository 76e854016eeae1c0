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

/**
 * The records of one subject, through its list.
 */
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

	/** Whether records can be found: in the store, and under a secret. */
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
	 * The live ones by their keys, the oldest first. Two calls for up to
	 * {@value SubjectList#BATCH}, and one for each secret more.
	 * @param limit how many of the newest
	 */
	Map<String, Found> live(String subject, int limit) {
		List<Entry> newestFirst = new ArrayList<>();
		indexes(subject).forEach((each) -> newestFirst.addAll(this.index.entries(each)));
		Collections.reverse(newestFirst); // of one second, who was added last is the
											// newest
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
	 * Ends the session of a subject that was shown under a handle.
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
	 * Ends a session for good, whatever is in flight. Its browser has no other session
	 * that a late request could log out, so no tombstone stays that would keep it from a
	 * new one.
	 * @return {@code false} if it had been ended already
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
	 * Ends all sessions but one. It looks until it has found none twice: a session that
	 * changes its id under the first look may be missed under both. What this node cannot
	 * read, or takes for expired, may live on another and goes too.
	 * @param kept the key of the one; {@code null} for none
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

	/** Ends what is listed, and drops it from the list. */
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
	 * Ends a session, and where it was just left for another id, the one it has become,
	 * as long as it is the subject's.
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
