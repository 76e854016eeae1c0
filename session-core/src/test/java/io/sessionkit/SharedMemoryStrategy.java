package io.sessionkit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import io.sessionkit.cookie.CookieFormat;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that a peer could share: bodies by their ids, tombstones apart.
 */
final class SharedMemoryStrategy implements SharedStorageStrategy {

	private final Map<String, Stored> records = new HashMap<>();

	private final Map<String, SessionRecord> ended = new HashMap<>();

	private final CookieFormat format;

	private final InstantSource clock;

	private int calls;

	SharedMemoryStrategy(CookieFormat format, InstantSource clock) {
		this.format = format;
		this.clock = clock;
	}

	@SuppressWarnings("ArrayRecordComponent") // never compared
	private record Stored(byte[] body, Instant expires) {
	}

	@Override
	public CookieFormat format() {
		return this.format;
	}

	@Override
	public synchronized boolean createData(String key, SessionRecord record) {
		this.calls++;
		if (isEnded(key) || present(key) != null) {
			return false;
		}
		this.records.put(key, new Stored(record.body(), record.expires()));
		return true;
	}

	@Override
	public synchronized @Nullable SessionRecord readData(String key) {
		this.calls++;
		if (isEnded(key)) {
			return this.ended.get(key);
		}
		Stored present = present(key);
		return (present != null)
				? new SessionRecord(SharedStorageStrategy.version(present.body()), present.expires(), present.body())
				: null;
	}

	@Override
	public synchronized UpdateOutcome updateData(String key, SessionRecord record) {
		this.calls++;
		Stored present = present(key);
		if (present == null || isEnded(key)) {
			return isEnded(key) ? UpdateOutcome.CONFLICT : UpdateOutcome.GONE;
		}
		if (SharedStorageStrategy.version(present.body()) != record.version() - 1) {
			return UpdateOutcome.CONFLICT;
		}
		if (record.isTombstone()) {
			this.records.remove(key);
			this.ended.put(key, new SessionRecord(1, record.expires(), record.body()));
		}
		else {
			this.records.put(key, new Stored(record.body(), record.expires()));
		}
		return UpdateOutcome.UPDATED;
	}

	@Override
	public synchronized void deleteData(String key) {
		this.calls++;
		this.records.remove(key);
		this.ended.remove(key);
	}

	private @Nullable Stored present(String key) {
		Stored stored = this.records.get(key);
		return (stored != null && this.clock.instant().isBefore(stored.expires())) ? stored : null;
	}

	private boolean isEnded(String key) {
		return this.ended.containsKey(key) && this.clock.instant().isBefore(this.ended.get(key).expires());
	}

	/** What a peer finds, by ids. */
	synchronized Map<String, byte[]> bodies() {
		Map<String, byte[]> bodies = new HashMap<>();
		this.records.forEach((key, stored) -> bodies.put(key, stored.body()));
		return bodies;
	}

	/** What a peer writes. */
	synchronized void put(String key, byte[] body) {
		this.records.put(key, new Stored(body, NEVER));
	}

	/** Returns how many calls there were since the last time. */
	synchronized int takeCalls() {
		int taken = this.calls;
		this.calls = 0;
		return taken;
	}

}
