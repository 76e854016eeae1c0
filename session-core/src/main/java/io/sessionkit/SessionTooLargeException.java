package io.sessionkit;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Thrown if a session is too large. The limit is 4096 bytes for a cookie (name, value and
 * attributes), and 256 KiB for a record. Nothing was written or sent, so the previous
 * state stays valid.
 */
public final class SessionTooLargeException extends SessionException {

	/** How many keys the message lists. */
	private static final int MOST_KEYS = 5;

	/** The size that was refused, in bytes. */
	private final int size;

	/** The limit, in bytes. */
	private final int limit;

	/** Bytes of JSON by key. */
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
	 * {@return the size that was refused, in bytes}
	 */
	public int size() {
		return this.size;
	}

	/**
	 * {@return the limit, in bytes}
	 */
	public int limit() {
		return this.limit;
	}

	/**
	 * Returns how many bytes of JSON each key contributes, before encryption and
	 * encoding.
	 * @return an unmodifiable map of bytes by key; a value and a flash attribute with the
	 * same name are added up
	 */
	public Map<String, Integer> bytesPerKey() {
		return this.bytesPerKey;
	}

}
