package io.sessionkit;

import java.time.Duration;
import java.util.Objects;

/**
 * Makes the end of a cookie-held session known to all instances. Without it, a stolen
 * copy of a cookie stays valid on the other instances until it expires. A logout, a new
 * id and {@link SubjectSessions#endAll} are noted in a store. Every request with a
 * session looks there, unless its instance has done so a moment ago. <pre>{@code
 * SessionStorage.builder(cookie).revocation(Revocation.in(strategy).failOpen()).build();
 * }</pre>
 *
 * <p>
 * For each instance and {@code cacheTime}, this costs one read for each session that is
 * used, and one for each principal name. A logout or a new id costs one write, and a
 * login that sets a principal name one read.
 *
 * <p>
 * A record lasts as long as a copy of the cookie can be valid, however often the cookie
 * is renewed. This is the absolute timeout, so a short absolute timeout keeps the store
 * small. For a session without a principal name, the record lasts for the idle timeout,
 * or for the session's own timeout. This is enough, because an instance that can read the
 * record does not renew a copy. The exception is a copy that was made while the session
 * had a longer timeout of its own.
 *
 * @param strategy where the ends are noted; it may also keep sessions
 * @param cacheTime how long an answer of the store is used; zero asks the store with
 * every request
 * @param open whether sessions are accepted while the store is down; otherwise they fail
 * with a {@link SessionStorageException}
 */
public record Revocation(SessionIdStorageStrategy strategy, Duration cacheTime, boolean open) {

	/** The default of {@code cacheTime}: five seconds. */
	public static final Duration DEFAULT_CACHE_TIME = Duration.ofSeconds(5);

	/**
	 * Checks the options.
	 * @param strategy where the ends are noted
	 * @param cacheTime how long an answer of the store is used
	 * @param open whether sessions are accepted while the store is down
	 * @throws IllegalArgumentException if the time is negative
	 */
	public Revocation {
		Objects.requireNonNull(strategy, "strategy");
		if (cacheTime.isNegative()) {
			throw new IllegalArgumentException("cacheTime is " + cacheTime + ", it must be zero or more");
		}
	}

	/**
	 * Notes ends in a strategy. Answers are used for five seconds, and sessions fail
	 * while the store is down.
	 * @param strategy a strategy whose store all instances share
	 * @return the options
	 */
	public static Revocation in(SessionIdStorageStrategy strategy) {
		return new Revocation(strategy, DEFAULT_CACHE_TIME, false);
	}

	/**
	 * Changes how long an answer of the store is used. A session that was ended on
	 * another instance can go on for this time.
	 * @param cacheTime the time in whole seconds; zero asks the store with every request
	 * @return the options
	 */
	public Revocation cachedFor(Duration cacheTime) {
		return new Revocation(this.strategy, cacheTime, this.open);
	}

	/**
	 * Accepts sessions while the store is down, including those that were ended on
	 * another instance in the meantime. A warning is logged then.
	 * @return the options
	 */
	public Revocation failOpen() {
		return new Revocation(this.strategy, this.cacheTime, true);
	}

	/** Returns the class of the strategy and the options. */
	@Override
	public String toString() {
		return "Revocation[%s, cacheTime=%s, open=%s]".formatted(this.strategy.getClass().getSimpleName(),
				this.cacheTime, this.open);
	}

}
