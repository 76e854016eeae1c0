package io.sessionkit.spring.web;

import java.time.Duration;
import java.util.stream.Stream;

import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.Forge;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.app.TestClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Time is checked on the server, whatever the browser keeps.
 */
class CookieTimeTests {

	private static final Duration LIFE = Duration.ofMinutes(30);

	static Stream<RunningApp> apps() {
		return Stream.of(RunningApp.withCookies(), RunningApp.withStore());
	}

	private static void ahead(RunningApp app, Duration ahead, Runnable test) {
		TestClock clock = app.bean(TestClock.class);
		clock.ahead(ahead);
		try {
			test.run();
		}
		finally {
			clock.ahead(Duration.ZERO);
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aSessionThatExpiredASecondAgoIsAnonymous(RunningApp app) {
		Browser browser = app.browser();
		browser.get("/set?name=mark&value=old");
		String cookie = browser.cookie();
		ahead(app, LIFE.minusSeconds(10),
				() -> assertThat(app.browser().cookie(cookie).get("/get?name=mark").body()).isEqualTo("old"));
		Browser late = app.browser();
		late.get("/set?name=mark&value=old");
		String other = late.cookie();
		ahead(app, LIFE.plusSeconds(1), () -> {
			Answer answer = app.browser().cookie(other).get("/get?name=mark");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo("null");
			assertThat(answer.sessionCookies()).isEmpty();
		});
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aSessionThatIsUsedLivesOn(RunningApp app) {
		Browser browser = app.browser();
		browser.get("/set?name=mark&value=old");
		for (int i = 1; i <= 4; i++) {
			ahead(app, LIFE.dividedBy(2).multipliedBy(i),
					() -> assertThat(browser.get("/get?name=mark").body()).isEqualTo("old"));
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void noUseOutlivesTheAbsoluteTimeout(RunningApp app) {
		Browser browser = app.browser();
		browser.get("/set?name=mark&value=old");
		browser.get("/remember?life=P60D");
		ahead(app, Duration.ofDays(29), () -> assertThat(browser.get("/get?name=mark").body()).isEqualTo("old"));
		ahead(app, Duration.ofDays(30).plusSeconds(1),
				() -> assertThat(browser.get("/get?name=mark").body()).isEqualTo("null"));
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aCookieFromTheFutureIsAnonymousAndOneOfAClockThatIsAMinuteFastIsNot(RunningApp app) {
		Forge forge = Forge.like(app);
		String future = forge.at(forge.at().plus(Duration.ofMinutes(10))).cookie("future");
		assertThat(app.browser().cookie(future).get("/get?name=mark").body()).isEqualTo("null");
		String fast = forge.at(forge.at().plus(Duration.ofMinutes(1))).cookie("fast");
		assertThat(app.browser().cookie(fast).get("/get?name=mark").body()).isEqualTo("fast");
	}

}
