package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When this process last wrote cookie-held sessions, for the last few minutes. A request
 * that only reads, with a cookie from before, must not renew that cookie, because it
 * would replace the newer one in the browser.
 */
final class WrittenCookies {

	static final int CAPACITY = 50_000;

	private static final Duration KEPT = Duration.ofMinutes(5);

	private final Map<String, Instant> byId = new LinkedHashMap<>();

	synchronized void add(String id, Instant issued) {
		this.byId.remove(id); // moves it to the end
		Iterator<Instant> oldest = this.byId.values().iterator();
		while (oldest.hasNext() && (oldest.next().plus(KEPT).isBefore(issued) || this.byId.size() >= CAPACITY)) {
			oldest.remove();
		}
		this.byId.put(id, issued);
	}

	/** Returns whether a cookie was written after this one. */
	synchronized boolean isOutdated(String id, Instant issued) {
		Instant written = this.byId.get(id);
		return written != null && written.isAfter(issued);
	}

}
