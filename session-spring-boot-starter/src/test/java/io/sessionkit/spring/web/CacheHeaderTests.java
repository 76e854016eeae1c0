package io.sessionkit.spring.web;

import java.util.List;

import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No shared cache may hand a session's response to somebody else.
 */
class CacheHeaderTests {

	private final Browser browser = RunningApp.withCookies().browser();

	@Test
	void aResponseThatReadTheSessionVariesByCookieAndMayBeCached() {
		Answer answer = this.browser.get("/headers?change=false&cacheControl=max-age%3D60");
		assertThat(answer.all("Vary")).containsExactly("Cookie");
		assertThat(answer.all("Cache-Control")).containsExactly("max-age=60");
		assertThat(answer.sessionCookies()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "'','Cookie'", "'&vary=Accept','Accept;Cookie'", "'&vary=Cookie','Cookie'",
			"'&vary=Accept,cookie','Accept;cookie'", "'&vary=*','*'", "'&vary=X-Cookie','X-Cookie;Cookie'" })
	void varyNamesCookieOnceBesideTheOthers(String parameters, String expected) {
		for (boolean change : List.of(true, false)) {
			Answer answer = this.browser.get("/headers?change=" + change + parameters);
			assertThat(answer.all("Vary")).containsExactly(expected.split(";"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "no-store,no-store", "private,private", "'private,max-age%3D60','private, max-age=60'",
			"No-Store,No-Store", "'no-cache,PRIVATE','no-cache, PRIVATE'", "max-age%3D60,no-store", "public,no-store",
			"no-cache,no-store", "x-private,no-store", "'max-age%3D60,ext%3D%22private%22',no-store" })
	void aCookieIsSentWithNoStoreOrWithTheApplicationsOwnValueWhereThatIsAsSafe(String own, String expected) {
		Answer answer = this.browser.get("/headers?change=true&cacheControl=" + own);
		assertThat(answer.sessionCookies()).hasSize(1);
		assertThat(answer.all("Cache-Control")).containsExactly(expected);
	}

	@Test
	void aCookieIsSentWithNoStoreWhereTheApplicationSaysNothing() {
		Answer answer = this.browser.get("/headers?change=true");
		assertThat(answer.all("Cache-Control")).containsExactly("no-store");
	}

}
