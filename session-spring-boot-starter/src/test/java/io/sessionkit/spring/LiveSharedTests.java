package io.sessionkit.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.CookieWire;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.shared.OtherProgram;
import io.sessionkit.shared.ProgramInNode;
import io.sessionkit.shared.SharedContract;
import io.sessionkit.storage.file.SharedFileStorageStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * React Router 8, Remix 3 and we share sessions in the cookie, and in the files of one
 * directory.
 */
class LiveSharedTests {

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class ReactRouterInTheCookie extends Shared {

		ReactRouterInTheCookie() {
			super("react-router-cookie", CookieWire.REACT_ROUTER, true);
		}

	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class ReactRouterInFiles extends Shared {

		ReactRouterInFiles() {
			super("react-router-file", CookieWire.REACT_ROUTER, false);
		}

	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class RemixInTheCookie extends Shared {

		RemixInTheCookie() {
			super("remix-cookie", CookieWire.REMIX, true);
		}

	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class RemixInFiles extends Shared {

		RemixInFiles() {
			super("remix-fs", CookieWire.REMIX, false);
		}

	}

	abstract static class Shared extends SharedContract {

		private final String kind;

		private final CookieWire wire;

		private final boolean inCookie;

		private @Nullable ProgramInNode peer;

		private @Nullable SharedFileStorageStrategy strategy;

		Shared(String kind, CookieWire wire, boolean inCookie) {
			this.kind = kind;
			this.wire = wire;
			this.inCookie = inCookie;
		}

		@BeforeAll
		void start(@TempDir Path directory) {
			this.strategy = new SharedFileStorageStrategy(directory, this.wire, Duration.ofSeconds(10),
					Duration.ofMinutes(30), InstantSource.system());
			this.peer = ProgramInNode.start(this.kind, directory.toString());
		}

		@AfterAll
		void stop() {
			if (this.peer != null) {
				this.peer.close();
			}
			this.strategy.close();
		}

		@Override
		protected OtherProgram peer() {
			return this.peer;
		}

		@Override
		protected CookieWire wire() {
			return this.wire;
		}

		@Override
		protected SessionStorage.Builder storage(SessionCookie cookie) {
			return this.inCookie ? SessionStorage.builder(cookie) : SessionStorage.builder(cookie, this.strategy);
		}

		@Override
		protected boolean isInCookie() {
			return this.inCookie;
		}

	}

}
