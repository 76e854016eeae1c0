package io.sessionkit;

import java.time.Duration;
import java.util.Set;

import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StorageContract;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;

/**
 * Sessions in encrypted cookies, with revocation that is never cached: what one node ends
 * is dead on all.
 */
class RevokedStorageTests extends StorageContract {

	private final MemoryStorageStrategy shared = new MemoryStorageStrategy(100_000, clock());

	@Override
	public SessionStorage.Builder builder(SessionCookie cookie) {
		return SessionStorage.builder(cookie).revocation(Revocation.in(this.shared).cachedFor(Duration.ZERO));
	}

	@Override
	public SessionCookie.Builder protect(SessionCookie.Builder cookie, String... secrets) {
		return cookie.encryptedWith(secrets);
	}

	@Override
	public Set<Promise> notPromised() {
		return Set.of(Promise.NO_LOST_CHANGE);
	}

	@Override
	public boolean everyWriteSendsACookie() {
		return true;
	}

}
