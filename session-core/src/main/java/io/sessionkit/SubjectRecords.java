package io.sessionkit;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The records of one subject, through the index of the strategy.
 */
final class SubjectRecords {

	/** How many sessions of a subject are looked at in one go. */
	static final int LIMIT = 100;

	private static final int ROUNDS = 100;

	private final StorageCookie cookie;

	private final RecordWriter writer;

	private final SubjectIndexStrategy strategy;

	private final boolean indexed;

	SubjectRecords(StorageCookie cookie, RecordWriter writer, SubjectIndexStrategy strategy, boolean indexed) {
		this.cookie = cookie;
		this.writer = writer;
		this.strategy = strategy;
		this.indexed = indexed;
	}

	/** Whether records can be found: by the strategy, and under a secret. */
	boolean isIndexed() {
		return this.indexed && keys().isSecret();
	}

	SubjectKeys keys() {
		return this.cookie.subjects();
	}

	/** The live ones by their keys, the oldest first, at most {@value #LIMIT}. */
	Map<String, Found> live(String subject) {
		Map<String, Found> live = new LinkedHashMap<>();
		records(subject).forEach((key, record) -> {
			Found found = this.writer.found(key, record);
			if (found != null && found.isLive() && subject.equals(found.document().subject())) {
				live.put(key, found);
			}
		});
		Comparator<Map.Entry<String, Found>> byAge = Comparator.comparing((entry) -> entry.getValue().created());
		return live.entrySet()
			.stream()
			.sorted(byAge.thenComparing((entry) -> entry.getValue().expires()))
			.limit(LIMIT)
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
	}

	/** By their keys, whatever they are, at most {@value #LIMIT} under each secret. */
	private Map<String, SessionRecord> records(String subject) {
		Map<String, SessionRecord> records = new LinkedHashMap<>();
		for (String index : keys().allIndexes(subject)) {
			this.strategy.findData(index, LIMIT).forEach((key, record) -> {
				if (index.equals(record.subject())) {
					records.put(key, record);
				}
			});
		}
		return records;
	}

	/**
	 * Ends a session for good, whatever is in flight. Its browser has no other session
	 * that a late request could log out, so no tombstone stays that would keep it from a
	 * new one.
	 * @return {@code false} if it had been ended already
	 */
	boolean end(String key, Found found) {
		boolean ended = this.writer.end(key, found);
		if (ended) {
			this.writer.delete(key);
			this.cookie.listener().destroyed();
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
			Map<String, SessionRecord> ending = records(subject);
			ending.keySet().removeIf((key) -> key.equals(kept));
			if (ending.isEmpty() && none) {
				return;
			}
			none = ending.isEmpty();
			ending.forEach(this::end);
		}
		throw new SessionStorageException("After " + ROUNDS + " rounds of ending up to " + LIMIT
				+ " sessions a subject still has live ones; check the strategy's findData", null);
	}

	private void end(String key, SessionRecord record) {
		Found found = this.writer.found(key, record);
		if (found != null && found.isLive()) {
			end(key, found);
		}
		else {
			this.writer.delete(key);
		}
	}

}
