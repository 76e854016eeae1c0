package io.sessionkit.spring.web;

import java.util.List;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.RunningApp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code request.getSession()} gives.
 */
class HttpSessionModeTests {

	@Test
	void byDefaultItIsOursAndTheContainerHasNone() {
		try (RunningApp app = RunningApp.start(LegacyApp.class);
				CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			for (String way : List.of("look", "plain", "true", "wrapped")) {
				Answer answer = app.browser().get("/legacy/" + way);
				assertThat(answer.otherCookies()).isEmpty();
				assertThat(answer.body()).isEqualTo(way.equals("look") ? "none" : "true");
			}
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
	}

	@Test
	void theFirstWhoOpensTheContainersIsNamedOnce() {
		try (RunningApp app = RunningApp.start(LegacyApp.class, "sessionkit.http-session=container");
				CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(app.browser().get("/legacy/look").body()).isEqualTo("none");
			assertThat(log.messages(Level.WARN)).isEmpty();
			for (String way : List.of("plain", "true", "wrapped")) {
				Answer answer = app.browser().get("/legacy/" + way);
				assertThat(answer.otherCookies()).singleElement().asString().startsWith("JSESSIONID=");
			}
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.matches(".*" + Legacy.class.getName().replace("$", "\\$") + "\\.open:\\d+ opens a session .*"
						+ "sessionkit.http-session=container.*");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain", "true", "wrapped" })
	void whereItIsRefusedTheCodeThatAsksIsTold(String way) {
		try (RunningApp app = RunningApp.start(LegacyApp.class, "sessionkit.http-session=refuse")) {
			assertThat(app.browser().get("/legacy/look").body()).isEqualTo("none");
			Answer answer = app.browser().get("/legacy/" + way);
			assertThat(answer.body()).startsWith("refused: " + Legacy.class.getName() + ".open:")
				.contains("use io.sessionkit.Session there");
			assertThat(answer.otherCookies()).isEmpty();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Legacy.class)
	static class LegacyApp {

	}

	@RestController
	static class Legacy {

		@GetMapping("/legacy/{way}")
		String open(@PathVariable String way, HttpServletRequest request) {
			try {
				return switch (way) {
					case "look" -> (request.getSession(false) != null) ? "some" : "none";
					case "true" -> String.valueOf(request.getSession(true).isNew());
					case "wrapped" -> String.valueOf(new HttpServletRequestWrapper(request).getSession().isNew());
					default -> String.valueOf(request.getSession().isNew());
				};
			}
			catch (IllegalStateException ex) {
				return "refused: " + ex.getMessage();
			}
		}

	}

}
