package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.lettuce.core.api.sync.RedisCommands;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.shared.OtherProgram;
import io.sessionkit.shared.ProgramInNode;
import io.sessionkit.shared.ReactRouterInJvm;
import io.sessionkit.shared.SharedContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** React Router, Remix and we share sessions, in one Redis and in the cookie. */
class LiveSharedRedisTests {

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class ReactRouter extends Shared {

		private @Nullable ReactRouterInJvm reactRouter;

		ReactRouter() {
			super(CookieFormat.REACT_ROUTER);
		}

		@BeforeAll
		void start(@TempDir Path directory) {
			this.reactRouter = ReactRouterInJvm.inRedis(directory, new RedisForReactRouter(redis()));
		}

		@AfterAll
		void stop() {
			if (this.reactRouter != null) {
				this.reactRouter.close();
			}
		}

		@Override
		protected OtherProgram peer() {
			return this.reactRouter;
		}

	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class Remix extends Shared {

		private @Nullable ProgramInNode remix;

		Remix() {
			super(CookieFormat.REMIX);
		}

		@BeforeAll
		void start() {
			this.remix = ProgramInNode.start("remix-redis",
					Integer.toString(RedisTopology.SINGLE.started().masters().get(0).port()));
		}

		@AfterAll
		void stop() {
			if (this.remix != null) {
				this.remix.close();
			}
		}

		@Override
		protected OtherProgram peer() {
			return this.remix;
		}

	}

	abstract static class Shared extends SharedContract {

		private final CookieFormat format;

		Shared(CookieFormat format) {
			this.format = format;
		}

		static RedisCommands<byte[], byte[]> redis() {
			return RedisTopology.SINGLE.started().masters().get(0).commands();
		}

		@Override
		protected CookieFormat format() {
			return this.format;
		}

		@Override
		protected SessionStorage.Builder storage(SessionCookie cookie) {
			return SessionStorage.builder(cookie, new SharedRedisStorageStrategy(
					RedisTopology.SINGLE.started().connections(), "session:", this.format));
		}

		@Override
		protected boolean isInCookie() {
			return false;
		}

	}

	/**
	 * What a client of Redis in JavaScript offers.
	 *
	 * @param commands how Redis is reached
	 */
	public record RedisForReactRouter(RedisCommands<byte[], byte[]> commands) {

		/** Reads a key. */
		public @Nullable String get(String key) {
			byte[] value = this.commands.get(bytes(key));
			return (value != null) ? new String(value, StandardCharsets.UTF_8) : null;
		}

		/** Writes a key that lives for some seconds. */
		public String setex(String key, int seconds, String value) {
			return this.commands.setex(bytes(key), seconds, bytes(value));
		}

		/** Removes a key. */
		public long del(String key) {
			return this.commands.del(bytes(key));
		}

		private static byte[] bytes(String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}

	}

}
