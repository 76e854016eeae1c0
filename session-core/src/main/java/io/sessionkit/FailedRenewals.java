package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can wait where a store is readable and takes no writes: a renewal, and the move of
 * a cookie to a newer secret. It is left out and tried again a few seconds later, so that
 * a slow store does not slow down every request.
 */
final class FailedRenewals {

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.SessionStorage");

	private final InstantSource clock;

	private final OncePerMinute warnings;

	private volatile Instant failed = Instant.EPOCH;

	FailedRenewals(InstantSource clock) {
		this.clock = clock;
		this.warnings = new OncePerMinute(clock);
	}

	/** Whether one has failed a moment ago. */
	boolean isPausing() {
		Instant now = this.clock.instant();
		Instant last = this.failed;
		return !now.isBefore(last) && now.isBefore(last.plus(PAUSE));
	}

	/** Takes a failure down, and warns of it once a minute at most. */
	void add(SessionStorageException failure) {
		this.failed = this.clock.instant();
		if (this.warnings.isDue("renewal")) {
			logger.warn("Sessions are read but not renewed, because the store failed: {} They end when their time is "
					+ "over unless it takes writes again. (Said once a minute.)", failure.getMessage());
		}
		logger.debug("The failure of the session store", failure);
	}

	/** Says that one session cannot be written as it is; others can, without a pause. */
	void addOne(SessionException failure) {
		if (this.warnings.isDue("size")) {
			logger.warn("A session is read but not renewed, because it cannot be written as it is any more: {} (Said "
					+ "once a minute.)", failure.getMessage());
		}
	}

}
