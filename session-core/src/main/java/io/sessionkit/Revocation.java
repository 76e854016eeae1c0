package io.sessionkit;

import java.time.Duration;
import java.util.Objects;

/**
 * How the end of cookie-held sessions becomes known to all nodes: a logout, a new id, and
 * {@link SubjectSessions#endAll} are noted in a store, and every request with a session
 * looks there, unless this node did so a moment ago. Without it a stolen copy of a cookie
 * lives on other nodes until it expires. <pre>{@code
 * SessionStorage.builder(cookie).revocation(Revocation.in(strategy).failOpen()).build();
 * }</pre>
 *
 * <p>
 * The cost: per node and cache time one read for each session that is used, and one for
 * each subject; 1 write at a logout or a new id, 1 read at a login that sets a subject. A
 * record lives as long as a copy of a cookie can however often it is renewed, which is
 * the absolute timeout, so that a short one keeps the store small. The record of a
 * session without a subject lives for the idle timeout, or the life that it has itself:
 * no node that can read it renews a copy. A copy from when its own life was longer
 * outlives it.
 *
 * @param strategy where it is noted; may be shared with sessions that are kept in records
 * @param cacheTime for how long an answer counts; zero: every request asks
 * @param open whether sessions count while the store is down; otherwise they fail with a
 * {@link SessionStorageException}
 */
public record Revocation(SessionIdStorageStrategy strategy, Duration cacheTime, boolean open) {

	/** For how long an answer counts if nothing else is said: five seconds. */
	public static final Duration DEFAULT_CACHE_TIME = Duration.ofSeconds(5);

	/**
	 * Checks the parts.
	 * @throws IllegalArgumentException if the time is negative
	 */
	public Revocation {
		Objects.requireNonNull(strategy, "strategy");
		if (cacheTime.isNegative()) {
			throw new IllegalArgumentException("cacheTime is " + cacheTime + ", it must be zero or more");
		}
	}

	/**
	 * Notes ends in this strategy, with answers that count five seconds; while the store
	 * is down, sessions fail.
	 * @param strategy any strategy that all nodes share
	 * @return the options
	 */
	public static Revocation in(SessionIdStorageStrategy strategy) {
		return new Revocation(strategy, DEFAULT_CACHE_TIME, false);
	}

	/**
	 * Lets an answer count for another time: how long a session that was ended elsewhere
	 * may go on at most.
	 * @param cacheTime whole seconds count; zero: every request asks
	 * @return the options
	 */
	public Revocation cachedFor(Duration cacheTime) {
		return new Revocation(this.strategy, cacheTime, this.open);
	}

	/**
	 * Lets sessions count while the store is down, also those that were ended elsewhere
	 * meanwhile. A warning says so.
	 * @return the options
	 */
	public Revocation failOpen() {
		return new Revocation(this.strategy, this.cacheTime, true);
	}

	/** The kind of strategy and the options. */
	@Override
	public String toString() {
		return "Revocation[%s, cacheTime=%s, open=%s]".formatted(this.strategy.getClass().getSimpleName(),
				this.cacheTime, this.open);
	}

}
