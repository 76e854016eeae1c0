package io.sessionkit.spring.mvc;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Forms with errors are shown again behind a redirect, and pages find the values of the
 * session in Spring's own ways.
 */
class FormsTests {

	private static RunningApp app;

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	@BeforeAll
	static void start() {
		app = RunningApp.start(FormsApp.class, "sessionkit.cookie.secure=false",
				"spring.mvc.log-resolved-exception=false");
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/form", "/elsewhere" })
	void aFormIsShownAgainWithWhatWasTypedAndItsErrors(String page) {
		post("/form?to=" + page, "name=ada&age=x1&born=03.02.2026&level=HIGH&address.city=Atlantis"
				+ "&others[0].city=Delft&others[1].city=Gouda");
		String body = get(page);
		assertThat(body).contains("<p>Closed for 3 days</p>")
			.contains("name=\"name\" value=\"ada\"")
			.contains("name=\"age\" value=\"x1\"", "<i>age: 1</i>")
			.contains("name=\"born\" value=\"03.02.2026\"", "<i>must be 18 years</i>")
			.contains("name=\"address.city\" value=\"Atlantis\"", "<i>is not known</i>")
			.contains("value=\"Delft\"", "value=\"Gouda\"")
			.contains("<option value=\"HIGH\" selected=\"selected\">");
	}

	@Test
	void itIsShownSoOnce() {
		post("/form?to=/form", "name=ada&age=1");
		assertThat(get("/form")).contains("Closed for 3 days", "value=\"ada\"");
		assertThat(get("/form")).doesNotContain("Closed", "ada");
	}

	@Test
	void aTypedParameterGetsTheFormItself() {
		post("/form?to=/typed", "name=ada&age=1&born=03.02.2026&level=HIGH&address.city=Atlantis");
		assertThat(get("/typed")).isEqualTo("ada 2026-02-03 high Atlantis");
	}

	@Test
	void aRecordIsAFormToo() {
		post("/contact", "name=ada&age=7");
		assertThat(get("/contact")).contains("value=\"ada\"", "value=\"7\"", "<i>is too young</i>");
	}

	@Test
	void aFormFromALibraryIsWhatTheControllerBehindTheRedirectSays() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			post("/foreign?to=/foreign", "name=ada");
			assertThat(get("/foreign")).contains("value=\"ada\"", "<i>is not known</i>", "<b>ada</b>");
			post("/foreign?to=/elsewhere/typed", "name=ada");
			assertThat(get("/elsewhere/typed")).isEqualTo("ForeignForm ada");
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
	}

	@Test
	void whereItSaysNothingTheFormIsAMapAndTheLogSaysSoOnce() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			for (int i = 0; i < 2; i++) {
				post("/foreign?to=/untyped", "name=ada");
				assertThat(get("/untyped")).contains("value=\"ada\"", "<i>is not known</i>", "<b>ada</b>");
			}
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("'foreign'", "@ModelAttribute");
		}
	}

	@Test
	void valuesComeBackAsWhatTheyWere() {
		post("/values", "");
		assertThat(get("/values")).isEqualTo("{byName=Map of Contact, contact=Contact, count=Integer, date=LocalDate, "
				+ "forms=List of Form, id=UUID, level=Level, names=List of String, nothing=null}");
		post("/list", "");
		assertThat(get("/elsewhere/list")).isEqualTo("Utrecht");
	}

	@Test
	void springsSessionAttributeFindsValuesOfTheSession() {
		assertThat(send("/required", HttpRequest.newBuilder().GET()).statusCode()).isEqualTo(400);
		assertThat(get("/optional")).isEqualTo("null none");
		post("/attributes", "");
		assertThat(get("/required")).isEqualTo("ada ada 7");
		assertThat(get("/optional")).isEqualTo("Contact[name=ada, age=36] none");
		post("/container", "");
		assertThat(get("/optional")).isEqualTo("Contact[name=ada, age=36] of the container");
		assertThat(get("/required")).isEqualTo("ada ada 7");
	}

	@Test
	void templatesFindValuesOfTheSessionAndTakeNoFlash() {
		assertThat(get("/template")).contains("<p>,,,,</p>");
		post("/attributes", "");
		app.store().calls();
		assertThat(get("/template")).contains("<p>ada,36,,,</p>");
		assertThat(app.store().calls()).containsExactly(Call.READ);
		assertThat(get("/template/plain")).contains("nothing of the session");
		assertThat(app.store().calls()).isEmpty();
		assertThat(get("/notice")).isEqualTo("kept");
		post("/container", "");
		assertThat(get("/template")).contains("<p>ada,36,of the container,,</p>");
	}

	private String get(String path) {
		HttpResponse<String> answer = send(path, HttpRequest.newBuilder().GET());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return answer.body();
	}

	private void post(String path, String form) {
		HttpResponse<String> answer = send(path,
				HttpRequest.newBuilder()
					.header("Content-Type", "application/x-www-form-urlencoded")
					.POST(BodyPublishers.ofString(form.replace("[", "%5B").replace("]", "%5D"))));
		assertThat(answer.statusCode()).as(answer.body()).isIn(200, 302);
	}

	private HttpResponse<String> send(String path, HttpRequest.Builder request) {
		return this.client
			.sendAsync(request.uri(URI.create("http://localhost:" + app.port() + path)).build(),
					BodyHandlers.ofString())
			.join();
	}

}
