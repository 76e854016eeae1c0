package io.sessionkit.storage.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in the memory of this process: for development, tests and single
 * instances. Restarting loses them. Bounded; when full, the record that expires soonest
 * makes room. Expired records are removed by later writes, a few at a time, so there is
 * no thread and no pause.
 *
 * @see <a href=
 * "https://reactrouter.com/api/utils/createMemorySessionStorage">createMemorySessionStorage</a>,
 * which is unbounded
 */
public final class MemoryStorageStrategy implements SessionIdStorageStrategy {

	/** How many sessions are kept if nothing else is said: {@value}. */
	public static final int DEFAULT_MAX_SESSIONS = 10_000;

	private static final int REMOVED_PER_WRITE = 4;

	private final Map<String, SessionRecord> records = new ConcurrentHashMap<>();

	private final ConcurrentSkipListMap<Expiry, Boolean> expiries = new ConcurrentSkipListMap<>();

	private final LongAdder evictions = new LongAdder();

	private final int maxSessions;

	private final InstantSource clock;

	/**
	 * Keeps up to {@value #DEFAULT_MAX_SESSIONS} sessions by the system clock.
	 */
	public MemoryStorageStrategy() {
		this(DEFAULT_MAX_SESSIONS, InstantSource.system());
	}

	/**
	 * Keeps up to the given number of sessions.
	 * @param maxSessions at least 1
	 * @param clock the clock for expiry
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public MemoryStorageStrategy(int maxSessions, InstantSource clock) {
		if (maxSessions < 1) {
			throw new IllegalArgumentException("maxSessions is " + maxSessions + ", it must be at least 1");
		}
		this.maxSessions = maxSessions;
		this.clock = Objects.requireNonNull(clock, "clock");
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		boolean[] created = new boolean[1];
		this.records.compute(key, (same, present) -> {
			created[0] = isAbsent(present);
			return created[0] ? keep(key, present, record) : present;
		});
		makeRoom();
		return created[0];
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		SessionRecord present = this.records.get(key);
		return isAbsent(present) ? null : present;
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		UpdateOutcome[] outcome = { UpdateOutcome.GONE };
		this.records.computeIfPresent(key, (same, present) -> {
			if (isAbsent(present)) {
				return present;
			}
			if (present.version() != record.version() - 1) {
				outcome[0] = UpdateOutcome.CONFLICT;
				return present;
			}
			outcome[0] = UpdateOutcome.UPDATED;
			return keep(key, present, record);
		});
		makeRoom();
		return outcome[0];
	}

	@Override
	public void deleteData(String key) {
		this.records.computeIfPresent(key, (same, present) -> {
			forget(key, present);
			return null;
		});
	}

	private boolean isAbsent(@Nullable SessionRecord record) {
		return record == null || !this.clock.instant().isBefore(record.expires());
	}

	/** Like {@link #forget}, only inside of compute, where the key is locked. */
	private SessionRecord keep(String key, @Nullable SessionRecord present, SessionRecord record) {
		if (present != null) {
			forget(key, present);
		}
		this.expiries.put(new Expiry(record.expires(), key), true);
		return record;
	}

	private void forget(String key, SessionRecord present) {
		this.expiries.remove(new Expiry(present.expires(), key));
	}

	private void makeRoom() {
		Instant now = this.clock.instant();
		for (int i = 0; i < REMOVED_PER_WRITE; i++) {
			Map.Entry<Expiry, Boolean> first = this.expiries.firstEntry();
			if (first == null) {
				return;
			}
			Expiry soonest = first.getKey();
			boolean expired = !now.isBefore(soonest.expires());
			if (!expired && this.records.size() <= this.maxSessions) {
				return;
			}
			this.records.computeIfPresent(soonest.key(), (key, present) -> {
				if (!present.expires().equals(soonest.expires())) {
					return present;
				}
				if (!expired) {
					this.evictions.increment();
				}
				forget(key, present);
				return null;
			});
		}
	}

	/**
	 * How many records are kept now, expired ones that are not removed yet included.
	 * @return a number that is at most a few above the bound
	 */
	public int size() {
		return this.records.size();
	}

	/**
	 * How many live records had to make room.
	 * @return a count since this strategy was made
	 */
	public long evictions() {
		return this.evictions.sum();
	}

	private record Expiry(Instant expires, String key) implements Comparable<Expiry> {

		private static final Comparator<Expiry> ORDER = Comparator.comparing(Expiry::expires)
			.thenComparing(Expiry::key);

		@Override
		public int compareTo(Expiry other) {
			return ORDER.compare(this, other);
		}

	}

}
