package io.sessionkit.shared;

import java.nio.file.Path;

import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** React Router and we share sessions that are in the cookie. */
class ReactRouterCookieTests extends SharedContract {

	private static ReactRouterInJvm reactRouter;

	@BeforeAll
	static void start(@TempDir Path directory) {
		reactRouter = ReactRouterInJvm.inCookie(directory);
	}

	@AfterAll
	static void stop() {
		if (reactRouter != null) {
			reactRouter.close();
		}
	}

	@Override
	protected OtherProgram peer() {
		return reactRouter;
	}

	@Override
	protected CookieFormat format() {
		return CookieFormat.REACT_ROUTER;
	}

	@Override
	protected SessionStorage.Builder storage(SessionCookie cookie) {
		return SessionStorage.builder(cookie);
	}

	@Override
	protected boolean isInCookie() {
		return true;
	}

}
