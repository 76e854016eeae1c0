package io.sessionkit.spring.autoconfigure;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.sessionkit.SessionRecord;
import io.sessionkit.SharedStorageStrategy;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.cookie.CookieWire;
import org.jspecify.annotations.Nullable;

/**
 * The records of a slice whose application shares them with a peer: in memory, where no
 * peer is, and never removed but by the end of the test.
 *
 * @param wire the wire of the application
 * @param clock the clock for expiry
 * @param records the records by their ids, with the versions that they are read with
 */
record SharedSliceStrategy(CookieWire wire, InstantSource clock,
		ConcurrentMap<String, SessionRecord> records) implements SharedStorageStrategy {

	SharedSliceStrategy(CookieWire wire) {
		this(wire, InstantSource.system(), new ConcurrentHashMap<>());
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		if (readData(key) == null) {
			this.records.remove(key);
		}
		return this.records.putIfAbsent(key, kept(record)) == null;
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		SessionRecord present = this.records.get(key);
		return isLive(present) ? present : null;
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		SessionRecord present = readData(key);
		if (present == null) {
			return UpdateOutcome.GONE;
		}
		boolean updated = !present.isTombstone() && present.version() == record.version() - 1
				&& this.records.replace(key, present, kept(record));
		return updated ? UpdateOutcome.UPDATED : UpdateOutcome.CONFLICT;
	}

	@Override
	public void deleteData(String key) {
		this.records.remove(key);
	}

	private boolean isLive(@Nullable SessionRecord record) {
		return record != null && this.clock.instant().isBefore(record.expires());
	}

	private static SessionRecord kept(SessionRecord record) {
		return new SessionRecord(SharedStorageStrategy.version(record.body()), record.expires(), record.body());
	}

	/** How many there are, never an id. */
	@Override
	public String toString() {
		return "SharedSliceStrategy[" + this.records.size() + "]";
	}

}
