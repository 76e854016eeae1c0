package io.sessionkit.spring.web;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.ExitApp;
import io.sessionkit.spring.app.RawClient;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The warnings of headers that do not protect what they should: each once.
 */
class OnceWarningTests {

	private static RunningApp app;

	@BeforeAll
	static void start() {
		app = RunningApp.start(ExitApp.class, "server.forward-headers-strategy=framework");
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@Test
	void aCacheControlThatLetsTheCookieLeakIsReplacedWithOneWarning() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			app.browser().get("/headers?change=true");
			app.browser().get("/headers?change=true&cacheControl=private");
			app.browser().get("/headers?change=false&cacheControl=public");
			assertThat(log.messages(Level.WARN)).isEmpty();
			app.browser().get("/headers?change=true&cacheControl=public,max-age%3D60");
			app.browser().get("/headers?change=true&cacheControl=public");
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("'Cache-Control: public, max-age=60'", "'no-store'", "(Said once.)");
		}
	}

	@Test
	void aResponseThatWentOutPastUsHasNoCookieAndWarnsOnce() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(app.browser().get("/late/past-us").sessionCookies()).isEmpty();
			assertThat(app.browser().get("/late/past-us").status()).isEqualTo(200);
			assertThat(app.browser().get("/untouched").status()).isEqualTo(200);
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("could not be sent");
		}
	}

	@Test
	void aSecureCookieOverHttpWarnsOnceAndNeverOnTheOwnMachine() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			for (String host : new String[] { "localhost", "shop.localhost", "127.0.0.1", "[::1]", "localhost:8080" }) {
				assertThat(setsCookie(host)).isTrue();
			}
			assertThat(log.messages(Level.WARN)).isEmpty();
			assertThat(RawClient.get(app, "/untouched", "Host: shop.example")).startsWith("HTTP/1.1 200");
			assertThat(setsCookie("shop.example", "X-Forwarded-Proto: https")).as("a proxy ends TLS").isTrue();
			assertThat(log.messages(Level.WARN)).isEmpty();
			assertThat(setsCookie("shop.example")).isTrue();
			assertThat(setsCookie("other.example")).isTrue();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("server.forward-headers-strategy", "sessionkit.cookie.secure=false", "(Said once.)");
		}
	}

	private static boolean setsCookie(String host) {
		return setsCookie(host, "Accept: */*");
	}

	private static boolean setsCookie(String host, String header) {
		return RawClient.get(app, "/set?name=mark&value=new", "Host: " + host, header)
			.contains("Set-Cookie: __Host-session=");
	}

}
