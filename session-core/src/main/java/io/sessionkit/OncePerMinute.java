package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets each warning pass once a minute, so that a visitor cannot fill the log by
 * repeating a request.
 */
final class OncePerMinute {

	private static final Duration PAUSE = Duration.ofMinutes(1);

	/** The most different warnings in a minute. Further ones are suppressed. */
	private static final int MOST = 100;

	private final InstantSource clock;

	private final Map<String, Instant> said = new HashMap<>();

	OncePerMinute(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Returns whether this warning was not logged within the last minute. The call counts
	 * as logging it.
	 */
	synchronized boolean isDue(String warning) {
		Instant now = this.clock.instant();
		if (this.said.containsKey(warning) || this.said.size() >= MOST) {
			this.said.values().removeIf((moment) -> !moment.plus(PAUSE).isAfter(now) || moment.isAfter(now));
		}
		return this.said.size() < MOST && this.said.putIfAbsent(warning, now) == null;
	}

}
