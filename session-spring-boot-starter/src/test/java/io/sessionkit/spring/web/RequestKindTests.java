package io.sessionkit.spring.web;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.RawClient;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.app.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that are no use of the session, that nobody looks at, and that come too late.
 */
class RequestKindTests {

	static Stream<RunningApp> apps() {
		return Stream.of(RunningApp.withCookies(), RunningApp.withStore());
	}

	private static void ahead(RunningApp app, Duration ahead) {
		app.bean(TestClock.class).ahead(ahead);
	}

	@AfterEach
	void now() {
		apps().forEach((app) -> ahead(app, Duration.ZERO));
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aPollDoesNotKeepASessionAlive(RunningApp app) {
		Browser browser = app.browser();
		browser.get("/set?name=mark&value=old");
		String end = browser.get("/poll").body();
		ahead(app, Duration.ofMinutes(20));
		for (String path : List.of("/poll", "/status/poll", "/count-down")) {
			Answer answer = browser.get(path);
			assertThat(answer.body()).as(path).isEqualTo(end);
			assertThat(answer.sessionCookies()).as(path).isEmpty();
		}
		ahead(app, Duration.ofMinutes(31));
		assertThat(browser.get("/mark").body()).isEqualTo("none");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aLoginPageBehindARedirectKnowsThatTheSessionHasExpired(RunningApp app) {
		Browser browser = app.browser();
		assertThat(browser.get("/sign-in").body()).isEqualTo("ABSENT");
		browser.get("/set?name=mark&value=old");
		assertThat(browser.get("/private").body()).isEqualTo("private");
		assertThat(browser.get("/sign-in").body()).isEqualTo("null");
		ahead(app, Duration.ofMinutes(31));
		assertThat(browser.get("/private").first("Location")).endsWith("/sign-in");
		assertThat(browser.get("/sign-in").body()).isEqualTo("Your session has expired");
		browser.get("/set?name=mark&value=new");
		assertThat(browser.get("/sign-in").body()).isEqualTo("null");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void headAndPrefetchTakeNoFlash(RunningApp app) {
		Browser browser = app.browser();
		browser.get("/flash?name=notice&value=saved");
		assertThat(browser.send("HEAD", "/get?name=notice").status()).isEqualTo(200);
		String cookie = "Cookie: __Host-session=" + browser.cookie();
		for (String purpose : List.of("Sec-Purpose: prefetch;prerender", "X-Sec-Purpose: prefetch",
				"Purpose: prefetch")) {
			assertThat(RawClient.get(app, "/get?name=notice", cookie, purpose)).endsWith("saved")
				.doesNotContain("Set-Cookie");
		}
		assertThat(browser.get("/get?name=notice").body()).isEqualTo("saved");
		assertThat(browser.get("/get?name=notice").body()).isEqualTo("null");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void noHeaderThatComesLaterLetsACacheKeepTheCookie(RunningApp app) {
		Answer answer = app.browser().get("/headers/late");
		assertThat(answer.sessionCookies()).hasSize(1);
		assertThat(answer.all("Cache-Control")).containsExactly("no-store");
		assertThat(answer.all("CDN-Cache-Control")).containsExactly("no-store");
		assertThat(answer.first("X-Other")).isEqualTo("passes");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void whatCdnsPutAboveCacheControlIsNoStoreToo(RunningApp app) {
		Answer answer = app.browser().get("/headers/cdn");
		assertThat(answer.sessionCookies()).hasSize(1);
		assertThat(answer.all("CDN-Cache-Control")).containsExactly("no-store");
		assertThat(answer.all("Cloudflare-CDN-Cache-Control")).containsExactly("private");
		assertThat(answer.all("Surrogate-Control")).containsExactly("no-store");
		assertThat(answer.all("X-Accel-Expires")).containsExactly("0");
	}

}
