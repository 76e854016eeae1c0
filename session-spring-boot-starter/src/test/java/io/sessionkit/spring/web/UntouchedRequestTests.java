package io.sessionkit.spring.web;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that never asks for its session costs nothing (G1).
 */
class UntouchedRequestTests {

	static Stream<RunningApp> apps() {
		return Stream.of(RunningApp.withCookies(), RunningApp.withStore());
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aRequestThatNeverAsksForItsSessionCostsNothing(RunningApp app) {
		Browser stranger = app.browser();
		Browser owner = app.browser();
		owner.get("/set?name=mark&value=there");
		Browser liar = app.browser().cookie("i1.AAAA");
		calls(app);
		for (Browser browser : List.of(stranger, owner, liar)) {
			for (String path : List.of("/untouched", "/static.txt", "/unknown/path", "/failing/unused")) {
				Answer answer = browser.get(path);
				assertThat(calls(app)).as(path).isEmpty();
				assertThat(answer.all("Set-Cookie")).as(path).isEmpty();
				assertThat(answer.all("Cache-Control")).as(path).isEmpty();
				assertThat(answer.all("Vary")).as(path)
					.noneMatch((vary) -> vary.toLowerCase(Locale.ROOT).contains("cookie"));
			}
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aSessionThatIsTakenAndNotUsedIsNotRead(RunningApp app) {
		Browser stranger = app.browser();
		Browser owner = app.browser();
		owner.get("/set?name=mark&value=there");
		Browser liar = app.browser().cookie("i1.AAAA");
		calls(app);
		for (Browser browser : List.of(stranger, owner, liar)) {
			Answer answer = browser.get("/unused");
			assertThat(calls(app)).isEmpty();
			assertThat(answer.all("Set-Cookie")).isEmpty();
			assertThat(answer.all("Cache-Control")).isEmpty();
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void readingASessionThatIsNotThereMakesNone(RunningApp app) {
		Browser stranger = app.browser();
		Browser liar = app.browser().cookie("i1.AAAA");
		calls(app);
		for (Browser browser : List.of(stranger, liar)) {
			Answer answer = browser.get("/get?name=mark");
			assertThat(answer.body()).isEqualTo("null");
			assertThat(answer.all("Set-Cookie")).isEmpty();
			assertThat(answer.all("Vary")).containsExactly("Cookie");
			assertThat(calls(app)).isEmpty();
		}
	}

	private static List<?> calls(RunningApp app) {
		return app.hasStore() ? app.store().calls() : List.of();
	}

}
