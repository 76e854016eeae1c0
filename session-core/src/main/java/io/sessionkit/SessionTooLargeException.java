package io.sessionkit;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A session does not fit: 4096 bytes for a cookie (name, value and attributes), 256 KiB
 * for a record. Thrown before anything is written or sent, so that the previous state
 * stays valid.
 */
public final class SessionTooLargeException extends SessionException {

	/** In the message. */
	private static final int MOST_KEYS = 5;

	private final int size;

	private final int limit;

	private final Map<String, Integer> bytesPerKey;

	SessionTooLargeException(boolean inRecord, int size, int limit, Map<String, Integer> bytesPerKey) {
		super("The session takes %d bytes as a %s, the limit is %d. Bytes per key, the largest: %s. ".formatted(size,
				inRecord ? "record" : "cookie", limit, list(bytesPerKey))
				+ "Keep less in it (an id instead of the thing)"
				+ (inRecord ? "." : ", or use a storage with records."), null);
		this.size = size;
		this.limit = limit;
		this.bytesPerKey = Map.copyOf(bytesPerKey);
	}

	private static String list(Map<String, Integer> bytesPerKey) {
		return bytesPerKey.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.limit(MOST_KEYS)
			.map((entry) -> Names.shown(entry.getKey()) + "=" + entry.getValue())
			.collect(Collectors.joining(", ", "{", (bytesPerKey.size() > MOST_KEYS) ? ", ...}" : "}"));
	}

	/**
	 * The size that was refused.
	 * @return bytes
	 */
	public int size() {
		return this.size;
	}

	/**
	 * The limit that it exceeds.
	 * @return bytes
	 */
	public int limit() {
		return this.limit;
	}

	/**
	 * What each key contributes as JSON, before encryption and encoding.
	 * @return an unmodifiable map from key to bytes; flash and values of one name add up
	 */
	public Map<String, Integer> bytesPerKey() {
		return this.bytesPerKey;
	}

}
