package io.sessionkit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The time that one call of a strategy has, however many attempts it takes. For stores
 * whose client library does not repeat what may succeed a moment later, or not in the
 * time that a visitor waits. Not thread-safe. <pre>{@code
 * Deadline deadline = Deadline.in(timeout);
 * while (true) {
 *     try {
 *         return client.send(request, deadline.left());
 *     }
 *     catch (BusyException ex) {
 *         if (!deadline.pause(Duration.ofMillis(20))) {
 *             throw new SessionStorageException("The store was busy", ex);
 *         }
 *     }
 * }}</pre>
 */
public final class Deadline {

	/** How long a call may take unless something else is said: 500 milliseconds. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(500);

	/** A store that has recovered is not to wait for those who gave it time. */
	private static final int MOST_DOUBLINGS = 4;

	private final Duration timeout;

	private final long end;

	private int attempts = 1;

	private Deadline(Duration timeout) {
		this.timeout = timeout;
		this.end = System.nanoTime() + timeout.toNanos();
	}

	/** Begins now. */
	public static Deadline in(Duration timeout) {
		return new Deadline(timeout);
	}

	/** Returns how long the call may take in all. */
	public Duration timeout() {
		return this.timeout;
	}

	/** Returns what is left of it; zero once it has passed. */
	public Duration left() {
		return Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
	}

	/** Whether no time is left. */
	public boolean hasPassed() {
		return left().isZero();
	}

	/** Returns the number of the attempt that is made now; 1 before the first pause. */
	public int attempt() {
		return this.attempts;
	}

	/**
	 * Waits before the next attempt, with jitter from once to twice the given time, which
	 * doubles with each of the first attempts. An interrupt stays set and ends nothing,
	 * since a logout is to be tried again all the same.
	 * @param first the shortest pause before the second attempt
	 * @return {@code false}, at once, where no time would be left for an attempt
	 */
	public boolean pause(Duration first) {
		long shortest = first.toNanos() << Math.min(this.attempts - 1, MOST_DOUBLINGS);
		long pause = ThreadLocalRandom.current().nextLong(shortest, 2 * shortest);
		if (pause >= left().toNanos()) {
			return false;
		}
		this.attempts++;
		sleep(pause);
		return true;
	}

	private static void sleep(long nanos) {
		long end = System.nanoTime() + nanos;
		boolean interrupted = false;
		for (long left = nanos; left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
			interrupted |= Thread.interrupted();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
