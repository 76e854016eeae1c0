package io.sessionkit;

import java.time.Duration;

/**
 * The patience of one commit that meets concurrent ones: a growing pause with jitter
 * between attempts, for two seconds in all.
 */
final class Backoff {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(1);

	private final Deadline deadline = Deadline.in(PATIENCE);

	private final SessionStorageListener listener;

	/** Whoever waits met a conflict, and the listener hears of it. */
	Backoff(SessionStorageListener listener) {
		this.listener = listener;
	}

	/**
	 * Waits before the next attempt.
	 * @throws SessionStorageException if the time is up
	 */
	void pause() {
		this.listener.conflict();
		if (!this.deadline.pause(FIRST_PAUSE)) {
			throw new SessionStorageException(("Other requests changed the session during all of %d attempts in %d "
					+ "seconds to commit it; try again later")
				.formatted(this.deadline.attempt(), PATIENCE.toSeconds()), null);
		}
	}

}
