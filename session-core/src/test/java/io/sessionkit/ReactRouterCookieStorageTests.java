package io.sessionkit;

import java.util.Set;

import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StorageContract;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;

/**
 * Sessions in cookies that are shared with React Router: the contract, but for what such
 * a cookie has no room for.
 */
class ReactRouterCookieStorageTests extends StorageContract {

	@Override
	public SessionStorage.Builder builder(SessionCookie cookie) {
		return SessionStorage.builder(cookie);
	}

	@Override
	public SessionStorage.Builder elsewhere(SessionCookie cookie) {
		return SessionStorage.builder(cookie, new SharedMemoryStrategy(CookieFormat.REACT_ROUTER, clock()));
	}

	@Override
	public SessionCookie.Builder protect(SessionCookie.Builder cookie, String... secrets) {
		return cookie.format(CookieFormat.REACT_ROUTER).signedWith(secrets);
	}

	@Override
	public Set<Promise> notPromised() {
		return Set.of(Promise.OWN_ID, Promise.FINAL_LOGOUT, Promise.NO_LOST_CHANGE, Promise.SHARED_BETWEEN_NODES,
				Promise.KNOWN_AGE, Promise.KNOWN_END, Promise.OWN_LIFE, Promise.BOUND_COOKIE);
	}

	@Override
	public boolean everyWriteSendsACookie() {
		return true;
	}

}
