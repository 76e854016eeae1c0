package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets each warning through once per minute, so that what a visitor can repeat at will
 * does not fill the log.
 */
final class OncePerMinute {

	private static final Duration PAUSE = Duration.ofMinutes(1);

	/** More different ones than this in a minute are not said at all. */
	private static final int MOST = 100;

	private final InstantSource clock;

	private final Map<String, Instant> said = new HashMap<>();

	OncePerMinute(InstantSource clock) {
		this.clock = clock;
	}

	/** Whether this was not said within the last minute; counts as saying it. */
	synchronized boolean isDue(String warning) {
		Instant now = this.clock.instant();
		if (this.said.containsKey(warning) || this.said.size() >= MOST) {
			this.said.values().removeIf((moment) -> !moment.plus(PAUSE).isAfter(now) || moment.isAfter(now));
		}
		return this.said.size() < MOST && this.said.putIfAbsent(warning, now) == null;
	}

}
