package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * How long sessions live, in whole seconds.
 *
 * @param idle the idle timeout of a session that has none of its own
 * @param absolute the longest time from the creation, or the last {@code regenerateId},
 * to the end of a session
 * @param rolling whether reading renews a session
 * @param clock the clock
 */
record Lifetimes(Duration idle, Duration absolute, boolean rolling, InstantSource clock) {

	static final Duration DEFAULT_IDLE = Duration.ofMinutes(30);

	static final Duration DEFAULT_ABSOLUTE = Duration.ofDays(30);

	/** The latest time, which fits into five bytes. */
	static final long MAX_EPOCH_SECOND = 1L << 40;

	/** How far the clock of another instance may be ahead when it issues a cookie. */
	static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

	/** How far the clocks of two instances may differ. */
	static final Duration CLOCKS = Duration.ofSeconds(90);

	/**
	 * How long requests are in flight. During this time no new session replaces an ended
	 * one.
	 */
	static final Duration IN_FLIGHT = Duration.ofSeconds(60);

	/** How long requests are in flight by the clock of any instance. */
	static final Duration IN_FLIGHT_ANYWHERE = IN_FLIGHT.plus(CLOCKS);

	/** How long a tombstone is kept, so that all requests in flight find it. */
	static final Duration TOMBSTONE = IN_FLIGHT_ANYWHERE;

	/**
	 * How long a record is kept after its session has expired, for requests that read it
	 * in time and take long.
	 */
	static final Duration LONG_REQUESTS = Duration.ofMinutes(10);

	/**
	 * How many new ids a logout with the first id follows. Nobody gets as many while a
	 * request is in flight, and one request can still read them.
	 */
	static final int FOLLOWED_IDS = 16;

	private static final int RENEWALS_PER_LIFE = 10;

	static Duration wholeSeconds(String name, Duration duration) {
		if (duration.toSeconds() < 1 || duration.toSeconds() > Integer.MAX_VALUE) {
			throw new IllegalArgumentException(
					name + " is " + duration + ", it must be at least one second and at most 68 years");
		}
		return Duration.ofSeconds(duration.toSeconds());
	}

	/** Returns the current time in whole seconds. */
	Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
	}

	/** Returns the result that there is no session, from now on. */
	Found nothing(Found.State state, SessionAbsence absence) {
		Instant now = now();
		return Found.nothing(state, absence, now, now.plus(this.idle));
	}

	Duration of(SessionDocument document) {
		Duration own = document.life();
		return (own == null || own.isZero()) ? this.idle : own;
	}

	/** Returns when a session expires that is committed now. */
	Instant expires(SessionDocument document, Instant created, Instant now, CommitOptions options) {
		Instant expires = now.plus(of(document));
		if (options.maxAge() != null) {
			expires = now.plus(options.maxAge());
		}
		else if (options.expires() != null) {
			expires = Instant
				.ofEpochSecond(Math.max(0, Math.min(options.expires().getEpochSecond(), MAX_EPOCH_SECOND - 1)));
		}
		Instant end = created.plus(this.absolute);
		return expires.isBefore(end) ? expires : end;
	}

	boolean hasExpired(Instant created, Instant expires, Instant now) {
		return !now.isBefore(expires) || !now.isBefore(created.plus(this.absolute));
	}

	/**
	 * Returns whether a session that was only read has to be renewed, which happens at
	 * most once per 10 % of its timeout.
	 */
	boolean isRenewalDue(Found found) {
		if (!this.rolling) {
			return false;
		}
		Instant expires = expires(found.document(), found.created(), now(), CommitOptions.defaults());
		return isTenth(Duration.between(found.expires(), expires), of(found.document()));
	}

	static boolean isTenth(Duration part, Duration whole) {
		return part.toMillis() > 0 && part.toMillis() >= whole.toMillis() / RENEWALS_PER_LIFE;
	}

}
