package io.sessionkit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The time that one call of a strategy may take, including all its attempts. It is meant
 * for stores whose client library does not repeat a failed call that may succeed a moment
 * later, or not within the time that a visitor waits. Not thread-safe. <pre>{@code
 * Deadline deadline = Deadline.in(timeout);
 * while (true) {
 *    try {
 *        return client.send(request, deadline.left());
 *    }
 *    catch (BusyException ex) {
 *        if (!deadline.pause(Duration.ofMillis(20))) {
 *            throw new SessionStorageException("The store was busy", ex);
 *        }
 *    }
 * }}</pre>
 */
public final class Deadline {

	/** The default timeout of a call: 500 milliseconds. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(500);

	/**
	 * Limits the pauses, so that a call does not wait long for a store that has
	 * recovered.
	 */
	private static final int MOST_DOUBLINGS = 4;

	private final Duration timeout;

	private final long end;

	private int attempts = 1;

	private Deadline(Duration timeout) {
		this.timeout = timeout;
		this.end = System.nanoTime() + timeout.toNanos();
	}

	/**
	 * Starts a deadline now.
	 * @param timeout how long the call may take
	 * @return a new deadline
	 */
	public static Deadline in(Duration timeout) {
		return new Deadline(timeout);
	}

	/**
	 * {@return how long the call may take from its start to its end}
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * Returns how much time is left.
	 * @return the remaining time; zero if the deadline has passed
	 */
	public Duration left() {
		return Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
	}

	/**
	 * {@return whether no time is left}
	 */
	public boolean hasPassed() {
		return left().isZero();
	}

	/**
	 * Returns the number of the current attempt.
	 * @return 1 before the first pause
	 */
	public int attempt() {
		return this.attempts;
	}

	/**
	 * Waits before the next attempt. The pause is random, between the given time and
	 * twice as much, and both double with each of the first attempts. If the thread is
	 * interrupted, it stays so, but this call goes on, because a logout has to be tried
	 * again in any case.
	 * @param first the shortest pause before the second attempt
	 * @return {@code false}, without waiting, if no time would be left for another
	 * attempt
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
