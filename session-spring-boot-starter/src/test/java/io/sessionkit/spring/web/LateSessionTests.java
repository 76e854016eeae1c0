package io.sessionkit.spring.web;

import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be done with the session after the first byte of the response.
 */
class LateSessionTests {

	private static final List<String> CHANGES = List.of("set", "unset", "flash", "clear", "destroy", "regenerate");

	static Stream<RunningApp> apps() {
		return Stream.of(RunningApp.withCookies(), RunningApp.withStore());
	}

	private static Browser browser(RunningApp app, String name) {
		Browser browser = app.browser();
		browser.get("/set?name=value&value=there");
		browser.get("/flash?name=" + name + "&value=notice");
		return browser;
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void valuesAreReadable(RunningApp app) {
		Browser browser = browser(app, "notice");
		assertThat(browser.get("/late/read?name=value").body()).isEqualTo("first there true yes");
		assertThat(browser.get("/get?name=early").body()).isEqualTo("yes");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void anUnreadFlashIsAbsentAndStaysAndOneWarningSaysSo(RunningApp app) {
		Browser browser = browser(app, "notice");
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(browser.get("/late/read-twice?name=notice").body()).isEqualTo("first null null []");
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("'notice'", "in the controller");
		}
		assertThat(browser.get("/get?name=notice").body()).isEqualTo("notice");
		assertThat(browser.get("/get?name=notice").body()).isEqualTo("null");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void everyChangeIsAnIllegalState(RunningApp app) {
		Browser browser = browser(app, "notice");
		for (String change : CHANGES) {
			String cookie = browser.cookie();
			assertThat(browser.get("/late/change?change=" + change).body()).as(change)
				.isEqualTo("first The session was committed already, in a web application with the first "
						+ "byte of the response; change it before");
			assertThat(browser.get("/get?name=early").body()).as(change).isEqualTo("yes");
			assertThat(browser.get("/get?name=late").body()).as(change).isEqualTo("null");
			assertThat(browser.get("/get?name=value").body()).as(change).isEqualTo("there");
			assertThat(browser.cookie()).isNotEmpty();
			assertThat(app.hasStore() && !browser.cookie().equals(cookie)).isFalse();
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aSessionThatIsFirstAskedForThenReadsButNeverChanges(RunningApp app) {
		Browser browser = browser(app, "notice");
		assertThat(browser.get("/late/ask?flush=false&name=value").body()).isEqualTo("first there");
		assertThat(browser.get("/late/ask?flush=true&name=value").body()).isEqualTo("first there");
		assertThat(browser.get("/late/ask?flush=true&name=notice").body()).isEqualTo("first null");
		for (String change : CHANGES) {
			Answer answer = browser.get("/late/ask-and-change?change=" + change);
			assertThat(answer.body()).as(change).startsWith("first The session was committed already");
			assertThat(answer.sessionCookies()).isEmpty();
		}
		assertThat(browser.get("/get?name=notice").body()).isEqualTo("notice");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aResponseThatIsStillBufferedVariesByCookie(RunningApp app) {
		Browser browser = browser(app, "notice");
		assertThat(browser.get("/late/ask?flush=false&name=value").all("Vary")).containsOnlyOnce("Cookie");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void whatIsStillInTheBufferOfTheContainerIsNotTooLate(RunningApp app) {
		Browser browser = browser(app, "notice");
		assertThat(browser.get("/late/ask?flush=false&name=notice").body()).isEqualTo("first notice");
		assertThat(browser.get("/get?name=notice").body()).isEqualTo("null");
	}

	@Test
	void readingLateCostsOneReadAndNoWrite() {
		RunningApp app = RunningApp.withStore();
		Browser browser = browser(app, "notice");
		app.store().calls();
		browser.get("/late/ask?flush=true&name=value");
		assertThat(app.store().calls()).containsExactly(Call.READ);
		browser.get("/late/ask-and-change?change=set");
		assertThat(app.store().calls()).isEmpty();
	}

}
