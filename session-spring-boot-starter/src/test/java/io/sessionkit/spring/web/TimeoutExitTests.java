package io.sessionkit.spring.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.Exit;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.app.TimeoutExits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of the exit-path matrix that Tomcat's clock decides, all at once.
 */
class TimeoutExitTests {

	static Stream<RunningApp> apps() {
		return Stream.of(RunningApp.withCookies(), RunningApp.withStore());
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void whoeverAnswersATimeOutCommitsTheSession(RunningApp app) {
		Map<Exit, Browser> browsers = new LinkedHashMap<>();
		Map<Exit, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
		Stream.of(TimeoutExits.exits(), TimeoutExits.servlet().exits()).flatMap(List::stream).forEach((exit) -> {
			Browser browser = app.browser();
			browsers.put(exit, browser);
			answers.put(exit, browser.sendAsync("GET", exit.path() + "?mark=one"));
		});
		answers.forEach((exit, future) -> {
			Answer answer = future.join();
			assertThat(answer.sessionCookies()).as(exit.toString()).hasSize(1);
			ExitPathTests.assertAnswered(answer, exit, "one");
			assertThat(browsers.get(exit).get("/mark").body()).isEqualTo("one");
		});
	}

}
