package io.sessionkit;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/** The next mistake: every rule is kept, but in two steps. */
final class CheckThenActStrategy implements SessionIdStorageStrategy {

	private final Map<String, SessionRecord> records = new ConcurrentHashMap<>();

	private final InstantSource clock;

	CheckThenActStrategy(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		boolean free = readData(key) == null;
		hesitate();
		if (free) {
			this.records.put(key, record);
		}
		return free;
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		SessionRecord present = this.records.get(key);
		return (present != null && this.clock.instant().isBefore(present.expires())) ? present : null;
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		SessionRecord present = readData(key);
		if (present == null) {
			return UpdateOutcome.GONE;
		}
		if (present.version() != record.version() - 1) {
			return UpdateOutcome.CONFLICT;
		}
		hesitate();
		this.records.put(key, record);
		return UpdateOutcome.UPDATED;
	}

	/** As long as a fast network takes. */
	private static void hesitate() {
		LockSupport.parkNanos(20_000);
	}

	@Override
	public void deleteData(String key) {
		this.records.remove(key);
	}

}
