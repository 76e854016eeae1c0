package io.sessionkit.contract;

import java.time.Duration;
import java.util.Set;

import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;

/**
 * What every {@link SessionStorage} owes an application, seen through headers only.
 * {@link RecordStorageContract} is the form for a strategy.
 */
public abstract class StorageContract implements LifeCases, EndCases, TombstoneCases, FlashCases, ExpiryCases,
		RenewalCases, RaceCases, SecretCases, InPlaceCases {

	private final MutableClock clock = new MutableClock();

	/**
	 * Begins a storage over the store of this test, the same store each time.
	 */
	@Override
	public abstract SessionStorage.Builder builder(SessionCookie cookie);

	/**
	 * Returns what this store does not promise; the cases about it are reported as
	 * skipped.
	 */
	@Override
	public abstract Set<Promise> notPromised();

	/**
	 * Protects the cookie; signs it unless overridden.
	 */
	@Override
	public SessionCookie.Builder protect(SessionCookie.Builder cookie, String... secrets) {
		return cookie.signedWith(secrets);
	}

	/**
	 * Lets time pass. To be overridden where the store expires by a clock of its own.
	 */
	@Override
	public void letPass(Duration time) {
		clock().advance(time);
	}

	/**
	 * Returns how often two requests meet, for each of the races: less often than two
	 * writers of a strategy by itself, since what is above it is the same for all.
	 */
	@Override
	public int rounds() {
		return Rounds.of(1000);
	}

	/**
	 * Returns for how long an ended id is remembered; to be overridden where a strategy
	 * keeps tombstones for longer than the storage asks it to.
	 */
	@Override
	public Duration tombstoneLife() {
		return Duration.ofSeconds(150);
	}

	/**
	 * Returns whether the session is in the cookie, so that each write sends one; not
	 * unless overridden.
	 */
	@Override
	public boolean everyWriteSendsACookie() {
		return false;
	}

	/** Returns the clock of the storages, which a strategy best uses too. */
	@Override
	public final MutableClock clock() {
		return this.clock;
	}

}
