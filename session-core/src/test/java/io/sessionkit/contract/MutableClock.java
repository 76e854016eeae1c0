package io.sessionkit.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * A clock that stands still until it is moved. It begins with the present second, so that
 * a store which expires by a clock of its own agrees with it.
 */
public final class MutableClock implements InstantSource {

	private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	@Override
	public Instant instant() {
		return this.now;
	}

	/** Moves it by this much. */
	public void advance(Duration time) {
		this.now = this.now.plus(time);
	}

	/** Moves it to this moment. */
	public void set(Instant now) {
		this.now = now;
	}

}
