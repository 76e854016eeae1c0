package io.sessionkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** What many stores are at first: a map, the reference's memory storage in Java. */
final class NaiveStrategy implements SessionIdStorageStrategy {

	private final Map<String, SessionRecord> records = new ConcurrentHashMap<>();

	@Override
	public boolean createData(String key, SessionRecord record) {
		this.records.put(key, record);
		return true;
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		return this.records.get(key);
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		this.records.put(key, record);
		return UpdateOutcome.UPDATED;
	}

	@Override
	public void deleteData(String key) {
		this.records.remove(key);
	}

}
