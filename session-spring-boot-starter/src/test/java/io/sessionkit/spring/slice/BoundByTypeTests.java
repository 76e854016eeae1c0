package io.sessionkit.spring.slice;

import java.util.Locale;
import java.util.Map;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code @SessionValue} binds from the session only, also where Spring has a value of the
 * request for the type.
 */
class BoundByTypeTests extends SliceTest {

	private MvcTestResult post(String type, Cookie... cookies) {
		return this.mvc.post()
			.uri("/typed/" + type)
			.cookie(cookies)
			.locale(Locale.FRANCE)
			.principal(() -> "Ann")
			.content("the body of the request")
			.exchange();
	}

	@ParameterizedTest
	@CsvSource({ "locale,de", "zone,Europe/Berlin", "time-zone,Europe/Berlin" })
	void aValueOfTheSession(String type, String value) {
		assertThat(post(type, cookie(Map.of("it", value)))).hasStatusOk()
			.bodyText()
			.isEqualTo("Optional[" + value + "]");
	}

	@ParameterizedTest
	@CsvSource({ "plain-locale,de", "plain-zone,Europe/Berlin" })
	void aRequiredValueOfTheSession(String type, String value) {
		assertThat(post(type, cookie(Map.of("it", value)))).hasStatusOk().bodyText().isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "locale", "zone", "time-zone" })
	void emptyWhereTheSessionHasNone(String type) {
		assertThat(post(type, cookie(Map.of("other", 1)))).hasStatusOk().bodyText().isEqualTo("Optional.empty");
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain-locale", "plain-zone", "input-stream", "reader", "output-stream", "principal",
			"method", "request", "http-session", "map" })
	void missingWhereTheSessionHasNone(String type) {
		assertThat(post(type, cookie(Map.of("other", 1)))).hasStatus(400).failure().hasMessageContaining("'it'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "input-stream", "reader", "output-stream", "principal", "request", "http-session" })
	void neverThatOfTheRequestAlsoWhereTheSessionHasAValueOfTheName(String type) {
		assertThat(post(type, cookie(Map.of("it", "text")))).hasStatus(400);
	}

	@Test
	void aMapIsNotTheModel() {
		assertThat(post("map", cookie(Map.of("it", Map.of("a", "b"))))).hasStatusOk().bodyText().isEqualTo("{a=b}");
	}

}
