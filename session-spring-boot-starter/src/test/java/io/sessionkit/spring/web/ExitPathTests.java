package io.sessionkit.spring.web;

import java.util.List;
import java.util.stream.Stream;

import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.BodyEndings;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.DispatchEndings;
import io.sessionkit.spring.app.Exit;
import io.sessionkit.spring.app.HeaderEndings;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.app.SpringAsyncExits;
import io.sessionkit.spring.app.SpringExits;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The exit-path matrix: whatever ends a response, the session is committed once and its
 * cookie is in the headers.
 */
class ExitPathTests {

	static Stream<Arguments> exits() {
		List<Exit> exits = Stream
			.of(HeaderEndings.servlet().exits(), BodyEndings.servlet().exits(), DispatchEndings.servlet().exits(),
					SpringExits.exits(), SpringAsyncExits.exits(), List.of(FILTER))
			.flatMap(List::stream)
			.toList();
		return Stream.of(RunningApp.withCookies(), RunningApp.withStore())
			.flatMap((app) -> exits.stream().map((exit) -> Arguments.of(app, exit)));
	}

	private static final Exit FILTER = new Exit("GET", "/exit/filter", 401, null, "", false);

	@ParameterizedTest(name = "{0}: {1}", autoCloseArguments = false)
	@MethodSource("exits")
	void theSessionIsCommittedOnceBeforeTheFirstByte(RunningApp app, Exit exit) {
		Browser browser = app.browser();
		calls(app);

		Answer first = browser.send(exit.method(), exit.path() + "?mark=one");
		assertAnswered(first, exit, "one");
		assertThat(first.sessionCookies()).as("a new session").hasSize(1);
		assertThat(first.all("Vary")).containsOnlyOnce("Cookie");
		assertThat(first.first("Cache-Control")).isEqualTo("no-store");
		assertThat(browser.get("/mark").body()).isEqualTo("one");
		assertThat(calls(app)).isEqualTo(app.hasStore() ? List.of(Call.CREATE, Call.READ) : List.of());

		Answer second = browser.send(exit.method(), exit.path() + "?mark=two");
		assertAnswered(second, exit, "two");
		assertThat(second.sessionCookies()).as("the same session").hasSize(app.hasStore() ? 0 : 1);
		assertThat(second.all("Vary")).containsOnlyOnce("Cookie");
		assertThat(browser.get("/mark").body()).isEqualTo("two");
		assertThat(calls(app)).isEqualTo(app.hasStore() ? List.of(Call.READ, Call.UPDATE, Call.READ) : List.of());
	}

	private static List<Call> calls(RunningApp app) {
		return app.hasStore() ? app.store().calls() : List.of();
	}

	static void assertAnswered(Answer answer, Exit exit, String mark) {
		assertThat(answer.status()).isEqualTo(exit.status());
		if (exit.body() != null) {
			assertThat(answer.body()).isEqualTo(exit.body());
		}
		else {
			assertThat(answer.body()).as("an error page that sees the session committed")
				.contains("\"status\":" + exit.status(), "\"mark\":\"" + mark + "\"", "\"changeable\":false");
		}
		if (!exit.header().isEmpty()) {
			String[] header = exit.header().split(": ", 2);
			assertThat(answer.all(header[0])).singleElement().asString().endsWith(header[1]);
		}
		if (exit.resets()) {
			assertThat(answer.otherCookies()).isEmpty();
		}
		else {
			assertThat(answer.otherCookies()).containsExactlyInAnyOrder("theme=dark", "language=de; Path=/");
		}
	}

}
