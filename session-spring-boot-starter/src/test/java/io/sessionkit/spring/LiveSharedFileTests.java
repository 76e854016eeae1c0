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

/** React Router, Remix and we share sessions in the files of one directory. */
class LiveSharedFileTests {

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class ReactRouter extends Shared {

		ReactRouter() {
			super("react-router-file", CookieWire.REACT_ROUTER);
		}

	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class Remix extends Shared {

		Remix() {
			super("remix-fs", CookieWire.REMIX);
		}

	}

	abstract static class Shared extends SharedContract {

		private final String kind;

		private final CookieWire wire;

		private @Nullable ProgramInNode peer;

		private @Nullable SharedFileStorageStrategy strategy;

		Shared(String kind, CookieWire wire) {
			this.kind = kind;
			this.wire = wire;
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
			return SessionStorage.builder(cookie, this.strategy);
		}

		@Override
		protected boolean isInCookie() {
			return false;
		}

	}

}
