package io.sessionkit.storage.cloudflare;

import java.time.Duration;

/**
 * When one call of the strategy has to be over, however many requests it takes.
 *
 * @param timeout how long it may take in all
 * @param end the end, of {@link System#nanoTime()}
 */
record Deadline(Duration timeout, long end) {

	static Deadline in(Duration timeout) {
		return new Deadline(timeout, System.nanoTime() + timeout.toNanos());
	}

	/** Nanoseconds, 0 where the time is up. */
	long left() {
		return Math.max(0, this.end - System.nanoTime());
	}

}
