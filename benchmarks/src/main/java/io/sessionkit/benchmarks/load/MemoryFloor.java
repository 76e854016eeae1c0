package io.sessionkit.benchmarks.load;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A map from ids to bytes, which grows for ever.
 */
final class MemoryFloor implements FloorStore {

	private final Map<String, byte[]> sessions = new ConcurrentHashMap<>();

	@Override
	public String create(byte[] json) {
		String id = UUID.randomUUID().toString();
		this.sessions.put(id, json);
		return id;
	}

	@Override
	public byte @Nullable [] read(String cookie) {
		return this.sessions.get(cookie);
	}

	@Override
	public @Nullable String write(String cookie, byte[] json) {
		this.sessions.put(cookie, json);
		return null;
	}

}
