package io.sessionkit.storage.jdbc;

import java.time.Duration;

/**
 * When a call must have ended.
 */
final class Deadline {

	private final long end;

	Deadline(Duration timeout) {
		this.end = System.nanoTime() + timeout.toNanos();
	}

	/** At most 0 where it has passed. */
	long nanos() {
		return this.end - System.nanoTime();
	}

	boolean hasPassed() {
		return nanos() <= 0;
	}

}
