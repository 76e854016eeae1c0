package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * How long sessions live, in whole seconds.
 *
 * @param idle the life of a session that says nothing itself
 * @param absolute the most between creation, or the last {@code regenerateId}, and end
 * @param rolling whether use alone renews
 * @param clock what tells the time
 */
record Lifetimes(Duration idle, Duration absolute, boolean rolling, InstantSource clock) {

	static final Duration DEFAULT_IDLE = Duration.ofMinutes(30);

	static final Duration DEFAULT_ABSOLUTE = Duration.ofDays(30);

	/** What five bytes hold. */
	static final long MAX_EPOCH_SECOND = 1L << 40;

	/** How far ahead the clock of another node may be. */
	static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

	/** How far apart the clocks of two nodes may be. */
	static final Duration CLOCKS = Duration.ofSeconds(90);

	/** For how long an ended session is not followed by a new one: what is in flight. */
	static final Duration IN_FLIGHT = Duration.ofSeconds(60);

	/** For how long something is in flight by the clock of whatever node. */
	static final Duration IN_FLIGHT_ANYWHERE = IN_FLIGHT.plus(CLOCKS);

	/** The life of a tombstone, which is to count for all that is in flight. */
	static final Duration TOMBSTONE = IN_FLIGHT_ANYWHERE;

	/**
	 * How long a record stays after its session has ended, for requests that read it in
	 * time and take longer than the rest of its life.
	 */
	static final Duration LONG_REQUESTS = Duration.ofMinutes(10);

	/**
	 * How many new ids in a row a logout with the first follows: more than anybody gets
	 * while a request is in flight, and few enough for one request to ask for.
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

	/** The present second. */
	Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
	}

	/** That there is no session, from now on. */
	Found nothing(Found.State state, SessionAbsence absence) {
		Instant now = now();
		return Found.nothing(state, absence, now, now.plus(this.idle));
	}

	Duration of(SessionDocument document) {
		Duration own = document.life();
		return (own == null || own.isZero()) ? this.idle : own;
	}

	/**
	 * When a session ends that is committed now.
	 */
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
	 * Whether mere use is to be written down: at most once per 10 % of the life.
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
