package io.sessionkit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.jspecify.annotations.Nullable;

/**
 * An index beside the records that only {@code indexData} writes, as in a cluster where a
 * write reaches one key.
 */
final class SideIndexStrategy implements SubjectIndexStrategy {

	final SessionIdStorageStrategy records;

	final Map<String, Map<String, Instant>> index = new ConcurrentHashMap<>();

	final AtomicBoolean broken = new AtomicBoolean();

	private final AtomicInteger indexed = new AtomicInteger();

	private final InstantSource clock;

	SideIndexStrategy(InstantSource clock) {
		this.records = new MemoryStorageStrategy(100_000, clock);
		this.clock = clock;
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		return this.records.createData(key, record);
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		return this.records.readData(key);
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		return this.records.updateData(key, record);
	}

	@Override
	public void deleteData(String key) {
		this.records.deleteData(key);
	}

	@Override
	public Map<String, SessionRecord> findData(String subject, int limit) {
		failIfBroken();
		Map<String, SessionRecord> found = new HashMap<>();
		this.index.getOrDefault(subject, Map.of()).forEach((key, until) -> {
			SessionRecord record = readData(key);
			if (record != null && subject.equals(record.subject()) && found.size() < limit
					&& this.clock.instant().isBefore(until)) {
				found.put(key, record);
			}
		});
		return found;
	}

	/** How often the index was written since the last time. */
	int takeIndexed() {
		return this.indexed.getAndSet(0);
	}

	@Override
	public void indexData(String subject, String key, Instant until) {
		failIfBroken();
		this.indexed.incrementAndGet();
		this.index.computeIfAbsent(subject, (same) -> new ConcurrentHashMap<>()).put(key, until);
	}

	private void failIfBroken() {
		if (this.broken.get()) {
			throw new UnsupportedOperationException("broken for a test");
		}
	}

}
