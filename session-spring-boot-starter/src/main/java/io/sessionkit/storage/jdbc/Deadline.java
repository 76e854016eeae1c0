package io.sessionkit.storage.jdbc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

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

	/** For a limit of which 0 would mean none: at least 1. */
	int millis() {
		return (int) Math.min(Integer.MAX_VALUE, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos())));
	}

	boolean hasPassed() {
		return nanos() <= 0;
	}

}
