package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writes that can be left out while a store is readable but not writable: a renewal,
 * and the change of a cookie to a newer secret. They are tried again some seconds later,
 * so that a slow store does not slow down every request.
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

	/** Returns whether such a write failed a moment ago. */
	boolean isPausing() {
		Instant now = this.clock.instant();
		Instant last = this.failed;
		return !now.isBefore(last) && now.isBefore(last.plus(PAUSE));
	}

	/** Records a failure, and logs a warning at most once a minute. */
	void add(SessionStorageException failure) {
		this.failed = this.clock.instant();
		if (this.warnings.isDue("renewal")) {
			logger.warn("Sessions are read but not renewed, because the store failed: {} They expire unless it accepts "
					+ "writes again. (Said once a minute.)", failure.getMessage());
		}
		logger.debug("The failure of the session store", failure);
	}

	/**
	 * Logs that one session cannot be written as it is. There is no pause, because others
	 * can.
	 */
	void addOne(SessionException failure) {
		if (this.warnings.isDue("size")) {
			logger.warn("A session is read but not renewed, because it cannot be written as it is any more: {} (Said "
					+ "once a minute.)", failure.getMessage());
		}
	}

}
