package io.sessionkit;

import java.util.Set;

import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StorageContract;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;

/**
 * Sessions in a store that is shared with Remix: the contract, but for what its records
 * and cookies have no room for.
 */
class RemixRecordStorageTests extends StorageContract {

	private final SharedMemoryStrategy strategy = new SharedMemoryStrategy(CookieFormat.REMIX, clock());

	@Override
	public SessionStorage.Builder builder(SessionCookie cookie) {
		return SessionStorage.builder(cookie, this.strategy);
	}

	@Override
	public SessionStorage.Builder elsewhere(SessionCookie cookie) {
		return SessionStorage.builder(cookie, new SharedMemoryStrategy(CookieFormat.REMIX, clock()));
	}

	@Override
	public SessionCookie.Builder protect(SessionCookie.Builder cookie, String... secrets) {
		return cookie.format(CookieFormat.REMIX).signedWith(secrets);
	}

	@Override
	public Set<Promise> notPromised() {
		return Set.of(Promise.KNOWN_AGE, Promise.OWN_LIFE, Promise.BOUND_COOKIE);
	}

}
