package io.sessionkit.storage.memory;

import java.time.Instant;
import java.util.concurrent.ConcurrentSkipListSet;

import org.jspecify.annotations.Nullable;

/**
 * The order in which records are evicted. Records without a principal name come before
 * those with one, and within each group the one that expires first comes first. Finding
 * the next record is as cheap as adding one.
 */
final class EvictionOrder {

	private final ConcurrentSkipListSet<KeptRecord> nobodys = new ConcurrentSkipListSet<>();

	private final ConcurrentSkipListSet<KeptRecord> somebodys = new ConcurrentSkipListSet<>();

	void add(KeptRecord record) {
		of(record).add(record);
	}

	void remove(KeptRecord record) {
		of(record).remove(record);
	}

	private ConcurrentSkipListSet<KeptRecord> of(KeptRecord record) {
		return record.isSomebodys() ? this.somebodys : this.nobodys;
	}

	/** Returns a record that has expired; {@code null} if there is none. */
	@Nullable KeptRecord expired(Instant now) {
		KeptRecord record = first(this.nobodys, now);
		return (record != null) ? record : first(this.somebodys, now);
	}

	private static @Nullable KeptRecord first(ConcurrentSkipListSet<KeptRecord> records, Instant now) {
		for (KeptRecord soonest : records) {
			return soonest.hasExpired(now) ? soonest : null;
		}
		return null;
	}

	/**
	 * Returns the next record to evict, which is never the one that was just written;
	 * {@code null} if there is none.
	 */
	@Nullable KeptRecord next(String written) {
		KeptRecord record = next(this.nobodys, written);
		return (record != null) ? record : next(this.somebodys, written);
	}

	private static @Nullable KeptRecord next(ConcurrentSkipListSet<KeptRecord> records, String written) {
		for (KeptRecord soonest : records) {
			if (!soonest.key().equals(written)) {
				return soonest;
			}
		}
		return null;
	}

}
