package io.sessionkit.storage.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A strategy that keeps records in the memory of this process. It is meant for
 * development, for tests, and for an application with a single instance. A restart loses
 * all sessions.
 *
 * <p>
 * The number of sessions is limited. When the limit is reached, a new session evicts the
 * one that expires first, among those without a principal name, so that a large number of
 * anonymous visitors logs nobody out. If all sessions have a principal name, the one of
 * them that expires first is evicted.
 *
 * <p>
 * Later writes remove expired records, a few at a time, so there is no background thread
 * and no pause. A listener is told of expired sessions, but not of sessions that are
 * evicted before they expire.
 *
 * @see <a href=
 * "https://reactrouter.com/api/utils/createMemorySessionStorage">createMemorySessionStorage</a>,
 * which is not limited
 */
public final class MemoryStorageStrategy implements SessionIdStorageStrategy {

	/** The default limit of the number of sessions: {@value}. */
	public static final int DEFAULT_MAX_SESSIONS = 10_000;

	private static final int REMOVED_PER_WRITE = 4;

	/**
	 * Up to this limit the table has its final size from the start, because growing would
	 * slow down a single write.
	 */
	private static final int MOST_PRESIZED = 1_000_000;

	private static final Logger logger = LoggerFactory.getLogger(MemoryStorageStrategy.class);

	private final Map<String, KeptRecord> records;

	private final EvictionOrder live = new EvictionOrder();

	private final EvictionOrder ended = new EvictionOrder();

	private final EvictionOrder listed = new EvictionOrder();

	/**
	 * The keys of the lists of sessions by principal name, in the order in which they are
	 * examined.
	 */
	private final Queue<String> lists = new ConcurrentLinkedQueue<>();

	private final AtomicInteger tombstones = new AtomicInteger();

	private final AtomicInteger subjectLists = new AtomicInteger();

	private final AtomicBoolean warned = new AtomicBoolean();

	private final AtomicBoolean warnedOfSubject = new AtomicBoolean();

	private final LongAdder evictions = new LongAdder();

	private final int maxSessions;

	private final InstantSource clock;

	/** Receives expired records; {@code null} for none. */
	private volatile @Nullable BiConsumer<String, SessionRecord> listener;

	/**
	 * Creates a strategy with the system clock that keeps up to
	 * {@value #DEFAULT_MAX_SESSIONS} sessions.
	 */
	public MemoryStorageStrategy() {
		this(DEFAULT_MAX_SESSIONS, InstantSource.system());
	}

	/**
	 * Creates a strategy.
	 * @param maxSessions how many sessions are kept; at least 1
	 * @param clock the clock for expiry
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public MemoryStorageStrategy(int maxSessions, InstantSource clock) {
		if (maxSessions < 1) {
			throw new IllegalArgumentException("maxSessions is " + maxSessions + ", it must be at least 1");
		}
		this.maxSessions = maxSessions;
		this.records = new ConcurrentHashMap<>(Math.min(maxSessions, MOST_PRESIZED));
		this.clock = Objects.requireNonNull(clock, "clock");
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		boolean[] created = new boolean[1];
		this.records.compute(key, (same, present) -> {
			created[0] = isAbsent(present);
			return created[0] ? keep(present, new KeptRecord(key, record, null)) : present;
		});
		if (created[0] && record.isSubjectList()) {
			this.lists.add(key);
		}
		makeRoom(key, record);
		return created[0];
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		KeptRecord present = this.records.get(key);
		return (present != null && !isAbsent(present)) ? present.record() : null;
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		UpdateOutcome[] outcome = { UpdateOutcome.GONE };
		this.records.computeIfPresent(key, (same, present) -> {
			if (isAbsent(present)) {
				return present;
			}
			if (present.version() != record.version() - 1) {
				outcome[0] = UpdateOutcome.conflict(present.record());
				return present;
			}
			outcome[0] = UpdateOutcome.UPDATED;
			return keep(present, new KeptRecord(key, record, present));
		});
		makeRoom(key, record);
		return outcome[0];
	}

	@Override
	public void deleteData(String key) {
		this.records.computeIfPresent(key, (same, present) -> {
			forget(present);
			return null;
		});
	}

	@Override
	public void onExpired(BiConsumer<String, SessionRecord> listener) {
		this.listener = Objects.requireNonNull(listener, "listener");
	}

	private boolean isAbsent(@Nullable KeptRecord record) {
		return record == null || record.hasExpired(this.clock.instant());
	}

	/**
	 * Does the same as {@link #forget} and adds the new record. Must be called inside of
	 * {@code compute}, where the key is locked.
	 */
	private KeptRecord keep(@Nullable KeptRecord present, KeptRecord record) {
		if (present != null) {
			forget(present);
		}
		order(record).add(record);
		count(record, 1);
		return record;
	}

	private void forget(KeptRecord present) {
		order(present).remove(present);
		count(present, -1);
	}

	private void count(KeptRecord record, int change) {
		if (record.isTombstone()) {
			this.tombstones.addAndGet(change);
		}
		else if (record.isSubjectList()) {
			this.subjectLists.addAndGet(change);
		}
	}

	private EvictionOrder order(KeptRecord record) {
		return record.isTombstone() ? this.ended : record.isSubjectList() ? this.listed : this.live;
	}

	/**
	 * Removes records if there are too many. Tombstones have a separate limit, so that
	 * many new sessions do not evict them.
	 */
	private void makeRoom(String written, SessionRecord record) {
		removeExpired(this.live);
		removeExpired(this.ended);
		if (record.isSubjectList()) {
			removeExpired(this.listed);
			removeUnneeded();
		}
		int endedNow = this.tombstones.get();
		if (this.records.size() - endedNow - this.subjectLists.get() > this.maxSessions) {
			KeptRecord evicted = evict(this.live, written);
			if (evicted != null) {
				this.evictions.increment();
				warn(evicted);
			}
		}
		if (endedNow > this.maxSessions) {
			evict(this.ended, written);
		}
	}

	/**
	 * Removes lists without sessions. A list is removed together with its last session,
	 * even if a session could have lived longer.
	 */
	private void removeUnneeded() {
		Instant now = this.clock.instant();
		for (int i = 0; i < REMOVED_PER_WRITE; i++) {
			String key = this.lists.poll();
			if (key == null) {
				return;
			}
			KeptRecord list = this.records.get(key);
			if (list != null && list.isSubjectList()) {
				boolean needed = list.record()
					.isSubjectListNeeded(now, (session) -> !isAbsent(this.records.get(session)));
				if (needed || !remove(list)) {
					this.lists.add(key);
				}
			}
		}
	}

	private void removeExpired(EvictionOrder order) {
		for (int i = 0; i < REMOVED_PER_WRITE; i++) {
			KeptRecord expired = order.expired(this.clock.instant());
			if (expired == null) {
				return;
			}
			removeAndTell(expired);
		}
	}

	private @Nullable KeptRecord evict(EvictionOrder order, String written) {
		KeptRecord next = order.next(written);
		if (next != null) {
			removeAndTell(next);
		}
		return next;
	}

	private void removeAndTell(KeptRecord record) {
		BiConsumer<String, SessionRecord> listener = this.listener;
		boolean expired = record.hasExpired(this.clock.instant());
		if (remove(record) && expired && listener != null) {
			listener.accept(record.key(), record.record());
		}
	}

	private void warn(KeptRecord evicted) {
		if (evicted.isSomebodys() && this.warnedOfSubject.compareAndSet(false, true)) {
			this.warned.set(true);
			logger.warn(
					"The memory storage is full of sessions with a subject: each new session logs out the user of one "
							+ "of the {} that are kept. Raise its maxSessions, or use another storage. "
							+ "(Said once.)",
					this.maxSessions);
		}
		else if (this.warned.compareAndSet(false, true)) {
			logger.warn(
					"The memory storage is full: each new session ends one of the {} that are kept, those without a "
							+ "subject first. Raise its maxSessions, or use another storage. (Said once.)",
					this.maxSessions);
		}
	}

	/**
	 * Removes a record.
	 * @return {@code false} if it was replaced or removed in the meantime
	 */
	private boolean remove(KeptRecord record) {
		boolean[] removed = new boolean[1];
		this.records.computeIfPresent(record.key(), (key, present) -> {
			if (present != record) {
				return present;
			}
			forget(present);
			removed[0] = true;
			return null;
		});
		return removed[0];
	}

	/**
	 * Returns the number of records, including tombstones and expired records that are
	 * not removed yet, but without the lists of sessions by principal name.
	 * @return the number, which may exceed the limit by a few sessions, and by the
	 * tombstones
	 */
	public int size() {
		return this.records.size() - this.subjectLists.get();
	}

	/** Returns the number of lists of sessions by principal name, for tests. */
	int subjectLists() {
		return this.subjectLists.get();
	}

	/**
	 * Returns how many sessions were evicted to make room for others.
	 * @return the number since this strategy was created
	 */
	public long evictions() {
		return this.evictions.sum();
	}

}
