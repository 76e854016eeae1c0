package io.sessionkit.spring.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The system's clock, but for how far it was put forward.
 */
public final class TestClock implements InstantSource {

	private volatile Duration ahead = Duration.ZERO;

	@Override
	public Instant instant() {
		return Instant.now().plus(this.ahead);
	}

	/** Puts it forward by this much from the real time. */
	public void ahead(Duration ahead) {
		this.ahead = ahead;
	}

}
