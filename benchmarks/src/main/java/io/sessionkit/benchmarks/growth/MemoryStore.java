package io.sessionkit.benchmarks.growth;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;

import io.sessionkit.SessionRecord;
import io.sessionkit.storage.memory.MemoryStorageStrategy;

/**
 * Memory, in which writes remove what has expired. It starts empty, so a start is the
 * table with its room.
 */
final class MemoryStore implements GrowingStore<MemoryStorageStrategy> {

	private Duration ahead = Duration.ZERO;

	@Override
	public String name() {
		return "memory";
	}

	@Override
	public int most() {
		return Integer.MAX_VALUE;
	}

	@Override
	public MemoryStorageStrategy open(int sessions) {
		return new MemoryStorageStrategy(sessions, () -> Instant.now().plus(this.ahead));
	}

	@Override
	public void fill(MemoryStorageStrategy strategy, Map<String, SessionRecord> records) {
		records.forEach(strategy::createData);
	}

	@Override
	public long count(MemoryStorageStrategy strategy) {
		return strategy.size();
	}

	/** New sessions until only they are left. */
	@Override
	public OptionalDouble cleanUp(MemoryStorageStrategy strategy, int sessions) {
		this.ahead = Population.after();
		SessionRecord record = new SessionRecord(1, Instant.now().plus(this.ahead).plus(Population.LIFE), new byte[0]);
		Map<String, SessionRecord> created = new LinkedHashMap<>();
		long nanos = 0;
		while (strategy.size() > created.size()) {
			String key = UUID.randomUUID().toString();
			created.put(key, record);
			long begin = System.nanoTime();
			strategy.createData(key, record);
			nanos += System.nanoTime() - begin;
		}
		return OptionalDouble.of(nanos / 1e3 / sessions);
	}

	/** The next one that is opened is empty. */
	@Override
	public void clear(MemoryStorageStrategy strategy) {
		this.ahead = Duration.ZERO;
	}

	@Override
	public void close() {
	}

}
