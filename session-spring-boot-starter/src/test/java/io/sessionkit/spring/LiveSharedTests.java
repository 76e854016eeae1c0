package io.sessionkit.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.CookieFormat;
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
			super("react-router-cookie", CookieFormat.REACT_ROUTER, true);
		}

	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class ReactRouterInFiles extends Shared {

		ReactRouterInFiles() {
			super("react-router-file", CookieFormat.REACT_ROUTER, false);
		}

	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class RemixInTheCookie extends Shared {

		RemixInTheCookie() {
			super("remix-cookie", CookieFormat.REMIX, true);
		}

	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class RemixInFiles extends Shared {

		RemixInFiles() {
			super("remix-fs", CookieFormat.REMIX, false);
		}

	}

	abstract static class Shared extends SharedContract {

		private final String kind;

		private final CookieFormat format;

		private final boolean inCookie;

		private @Nullable ProgramInNode peer;

		private @Nullable SharedFileStorageStrategy strategy;

		Shared(String kind, CookieFormat format, boolean inCookie) {
			this.kind = kind;
			this.format = format;
			this.inCookie = inCookie;
		}

		@BeforeAll
		void start(@TempDir Path directory) {
			this.strategy = new SharedFileStorageStrategy(directory, this.format, Duration.ofSeconds(10),
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
		protected CookieFormat format() {
			return this.format;
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
