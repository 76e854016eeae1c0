package io.sessionkit.storage.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.sessionkit.SessionStorage;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StorageContract;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions in files that are shared with a peer keep the promises of the contract, but
 * for those that its files have no room for.
 */
class SharedFileStorageTests {

	@Nested
	class ReactRouter extends Contract {

		ReactRouter() {
			super(CookieFormat.REACT_ROUTER);
		}

		@Override
		public Set<Promise> notPromised() {
			return Set.of(Promise.KNOWN_AGE, Promise.OWN_LIFE, Promise.BOUND_COOKIE);
		}

	}

	@Nested
	class Remix extends Contract {

		Remix() {
			super(CookieFormat.REMIX);
		}

		/** A file says no end, and has that of the strategy. */
		@Override
		public Set<Promise> notPromised() {
			return Set.of(Promise.KNOWN_AGE, Promise.OWN_LIFE, Promise.BOUND_COOKIE, Promise.KNOWN_END);
		}

	}

	abstract static class Contract extends StorageContract {

		@TempDir
		private Path directory;

		private final List<SharedFileStorageStrategy> opened = new ArrayList<>();

		private final CookieFormat format;

		Contract(CookieFormat format) {
			this.format = format;
		}

		@Override
		public SessionStorage.Builder builder(SessionCookie cookie) {
			return SessionStorage.builder(cookie, strategy("sessions"));
		}

		@Override
		public SessionStorage.Builder elsewhere(SessionCookie cookie) {
			return SessionStorage.builder(cookie, strategy("elsewhere"));
		}

		private SharedFileStorageStrategy strategy(String name) {
			SharedFileStorageStrategy files = new SharedFileStorageStrategy(this.directory.resolve(name), this.format,
					Duration.ofSeconds(10), Duration.ofMinutes(30), clock());
			this.opened.add(files);
			return files;
		}

		@AfterEach
		void giveTheLocksBack() {
			this.opened.forEach(SharedFileStorageStrategy::close);
		}

		@Override
		public SessionCookie.Builder protect(SessionCookie.Builder cookie, String... secrets) {
			return cookie.format(this.format).signedWith(secrets);
		}

	}

}
