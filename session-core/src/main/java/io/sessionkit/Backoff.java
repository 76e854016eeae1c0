package io.sessionkit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The pauses of one commit that meets concurrent commits. They grow, are random, and take
 * at most two seconds in total.
 */
final class Backoff {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final int LONGEST_PAUSE_MILLIS = 64;

	private final long begin = System.nanoTime();

	private final SessionStorageListener listener;

	private int attempts;

	/** Reports a conflict to the listener with each pause. */
	Backoff(SessionStorageListener listener) {
		this.listener = listener;
	}

	/**
	 * Counts the first conflict, after which a commit that knows what is in its way need
	 * not wait.
	 * @return whether it is the first
	 */
	boolean isFirst() {
		if (this.attempts > 0) {
			return false;
		}
		this.attempts++;
		this.listener.conflict();
		return true;
	}

	/**
	 * Waits before the next attempt.
	 * @throws SessionStorageException if the time is over
	 */
	void pause() {
		this.attempts++;
		this.listener.conflict();
		if (System.nanoTime() - this.begin > PATIENCE.toNanos()) {
			throw new SessionStorageException(
					("Other requests changed the session during all of %d attempts in %d "
							+ "seconds to commit it; try again later")
						.formatted(this.attempts, PATIENCE.toSeconds()),
					null);
		}
		int longest = Math.min(LONGEST_PAUSE_MILLIS, 1 << Math.min(this.attempts, 6));
		try {
			Thread.sleep(ThreadLocalRandom.current().nextInt(longest));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SessionStorageException("The thread was interrupted while it waited to commit a session", ex);
		}
	}

}
