package io.sessionkit.spring.slice;

import java.util.Map;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;

import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The session in model attributes, exception handlers and controller advice.
 */
class AdviceTests extends SliceTest {

	@Test
	void aModelAttributeMethodTakesValues() {
		assertThat(get("/advised/model")).bodyText().isEqualTo("Hello stranger, LIGHT");
		Cookie cookie = cookie(Map.of("user", "Ann", "theme", "DARK"));
		assertThat(get("/advised/model", cookie)).bodyText().isEqualTo("Hello Ann, DARK");
	}

	@Test
	void anExceptionHandlerTakesValuesAndTheSession() {
		MvcTestResult result = get("/advised/fails", cookie(Map.of("user", "Ann")));
		assertThat(result).hasStatusOk().bodyText().isEqualTo("Ann 3 Optional.empty");
		assertThat(session(after(result)).get("failed")).isEqualTo(true);
	}

	@Test
	void controllerAdviceTakesValuesAndTheSession() {
		MvcTestResult result = get("/advised/fails-elsewhere", cookie(Map.of("user", "Ann")));
		assertThat(result).hasStatusOk().bodyText().isEqualTo("sorry Ann");
		assertThat(session(after(result)).get("error")).isEqualTo("sorry");
	}

	@Test
	void aMissingValueCanLeadToTheLoginPage() {
		MvcTestResult result = get("/advised/missing");
		assertThat(result).hasStatus(302).hasRedirectedUrl("/login");
		assertThat(session(after(result)).get("error")).isEqualTo("log in for account");
	}

}
