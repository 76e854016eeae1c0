package io.sessionkit.spring.web;

import java.util.List;
import java.util.stream.Stream;

import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an exception that leaves the application does to the session.
 */
class FailedRequestTests {

	static Stream<RunningApp> apps() {
		return Stream.of(RunningApp.withCookies(), RunningApp.withStore());
	}

	private static Browser browserWithMark(RunningApp app) {
		Browser browser = app.browser();
		browser.get("/set?name=mark&value=old");
		assertThat(browser.cookie()).isNotEmpty();
		return browser;
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void anUnhandledExceptionDiscardsTheChanges(RunningApp app) {
		for (String way : List.of("runtime", "servlet", "io", "error", "callable", "deferred")) {
			Browser browser = browserWithMark(app);
			Answer answer = browser.get("/failing/" + way + "?mark=shown");
			assertThat(answer.status()).as(way).isEqualTo(500);
			assertThat(answer.body()).as(way).contains("\"mark\":\"old\"", "\"changeable\":false");
			assertThat(answer.sessionCookies()).as(way).isEmpty();
			assertThat(browser.get("/mark").body()).as(way).isEqualTo("old");
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void anAsynchronousRequestThatNobodyAnswersDiscardsTheChanges(RunningApp app) {
		Browser browser = browserWithMark(app);
		Answer answer = browser.get("/failing/time-out?mark=shown");
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.body()).contains("\"mark\":\"old\"", "\"changeable\":false");
		assertThat(answer.sessionCookies()).isEmpty();
		assertThat(browser.get("/mark").body()).isEqualTo("old");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aNewSessionOfAFailedRequestIsNeverMade(RunningApp app) {
		Browser browser = app.browser();
		assertThat(browser.get("/failing/runtime").sessionCookies()).isEmpty();
		assertThat(browser.get("/failing/regenerate").sessionCookies()).isEmpty();
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aDestroyStands(RunningApp app) {
		Browser browser = browserWithMark(app);
		String before = browser.cookie();
		Answer answer = browser.get("/failing/destroy");
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.sessionCookies()).singleElement().asString().startsWith("__Host-session=;");
		assertThat(browser.cookie(before).get("/mark").body()).isEqualTo("none");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aNewIdStandsWithTheOldValues(RunningApp app) {
		Browser browser = browserWithMark(app);
		String before = browser.cookie();
		Answer answer = browser.get("/failing/regenerate");
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.sessionCookies()).hasSize(1);
		assertThat(browser.get("/mark").body()).isEqualTo("old");
		assertThat(browser.cookie(before).get("/mark").body()).isEqualTo("none");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void anExceptionThatAnEarlierFilterAnswersHasLeftToo(RunningApp app) {
		Browser browser = browserWithMark(app);
		String before = browser.cookie();
		Answer answer = browser.get("/failing/caught-runtime");
		assertThat(answer.body()).isEqualTo("caught");
		assertThat(answer.sessionCookies()).isEmpty();
		assertThat(browser.get("/mark").body()).isEqualTo("old");
		answer = browser.get("/failing/caught-destroy");
		assertThat(answer.body()).isEqualTo("caught");
		assertThat(answer.sessionCookies()).singleElement().asString().startsWith("__Host-session=;");
		assertThat(browser.cookie(before).get("/mark").body()).isEqualTo("none");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aByteInTheBufferOfTheContainerCommitsNothing(RunningApp app) {
		Browser browser = browserWithMark(app);
		Answer answer = browser.get("/failing/after-a-byte?mark=shown");
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.body()).doesNotContain("half a page").contains("\"mark\":\"old\"");
		assertThat(answer.sessionCookies()).isEmpty();
		assertThat(browser.get("/mark").body()).isEqualTo("old");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void whatAnExceptionHandlerAnswersCommits(RunningApp app) {
		Browser browser = browserWithMark(app);
		assertThat(browser.get("/failing/handled").body()).isEqualTo("handled");
		assertThat(browser.get("/mark").body()).isEqualTo("kept");
		assertThat(browser.get("/get?name=handler").body()).isEqualTo("too");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void anErrorPageMayBeTheFirstToAskForTheSession(RunningApp app) {
		for (String way : List.of("/failing/unused", "/unknown/path")) {
			Browser browser = app.browser();
			browser.get("/flash?name=mark&value=notice");
			Answer answer = browser.get(way + "?mark=shown");
			assertThat(answer.body()).as(way).contains("\"mark\":\"notice\"", "\"changeable\":true");
			assertThat(answer.all("Vary")).as(way).containsOnlyOnce("Cookie");
			assertThat(browser.get("/get?name=mark").body()).as("the flash is consumed").isEqualTo("null");
			assertThat(browser.get("/get?name=changed").body()).isEqualTo("true");
		}
	}

	@Test
	void aFailedRequestCommitsOnlyWhatStands() {
		RunningApp app = RunningApp.withStore();
		Browser browser = browserWithMark(app);
		app.store().calls();
		browser.get("/failing/runtime?mark=shown");
		assertThat(app.store().calls()).containsExactly(Call.READ);
		browser.get("/failing/unused");
		assertThat(app.store().calls()).isEmpty();
		browser.get("/failing/regenerate");
		assertThat(app.store().calls()).containsExactly(Call.READ, Call.CREATE, Call.UPDATE);
		browser.get("/failing/destroy");
		assertThat(app.store().calls()).containsExactly(Call.READ, Call.UPDATE);
	}

}
