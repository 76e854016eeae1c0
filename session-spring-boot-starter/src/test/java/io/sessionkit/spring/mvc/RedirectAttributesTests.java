package io.sessionkit.spring.mvc;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring MVC keeps in sessions by itself is in ours.
 */
class RedirectAttributesTests {

	private static RunningApp app;

	private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.cookieHandler(this.cookies)
		.build();

	@BeforeAll
	static void start() {
		app = RunningApp.start(MvcApp.class, "sessionkit.cookie.secure=false");
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@BeforeEach
	void forget() {
		app.store().calls();
	}

	@Test
	void aRedirectAttributeIsOnThePageBehindTheRedirectOnce() {
		HttpResponse<String> saved = post("/save");
		assertThat(saved.statusCode()).isEqualTo(302);
		assertThat(get("/shown")).isEqualTo("{count=3, notice=saved, order={name=tea}}");
		assertThat(get("/shown")).isEqualTo("{}");
		assertThat(cookieNames()).containsExactly("__session");
	}

	@Test
	void aHeadRequestLeavesItForThePageItself() throws Exception {
		post("/save");
		HttpRequest head = HttpRequest.newBuilder(URI.create("http://localhost:" + app.port() + "/shown"))
			.method("HEAD", HttpRequest.BodyPublishers.noBody())
			.build();
		assertThat(this.client.send(head, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		assertThat(get("/shown")).contains("notice=saved");
		assertThat(get("/shown")).isEqualTo("{}");
	}

	@Test
	void onlyTheRequestThatItIsForTakesIt() {
		post("/save-for?id=7");
		post("/save-for?id=8");
		assertThat(get("/untouched")).isEqualTo("untouched");
		assertThat(get("/shown?id=9")).isEqualTo("{}");
		assertThat(get("/shown?id=8")).isEqualTo("{notice=saved 8}");
		assertThat(get("/shown?id=7")).isEqualTo("{notice=saved 7}");
		assertThat(get("/shown?id=7")).isEqualTo("{}");
	}

	@Test
	void aRequestWithoutFlashCostsNothing() {
		get("/login");
		app.store().calls();
		get("/untouched");
		get("/static.txt");
		assertThat(app.store().calls()).isEmpty();
		post("/save");
		assertThat(app.store().calls()).isEqualTo(List.of(Call.READ, Call.UPDATE));
		get("/shown");
		assertThat(app.store().calls()).isEqualTo(List.of(Call.READ, Call.UPDATE));
		get("/untouched");
		get("/shown");
		assertThat(app.store().calls()).isEmpty();
	}

	@Test
	void aMarkWithoutFlashBehindItGoesAtTheFirstRequest() {
		post("/save");
		this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals("__session"))
			.toList()
			.forEach((cookie) -> this.cookies.getCookieStore().remove(null, cookie));
		app.store().calls();
		get("/untouched");
		assertThat(cookieNames()).isEmpty();
		assertThat(app.store().calls()).isEmpty();
	}

	@Test
	void whatIsNoJsonIsRefusedByName() {
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			assertThat(post("/save-unfit").statusCode()).isEqualTo(500);
			assertThat(log.events()).anySatisfy((event) -> assertThat(event.getThrowableProxy().getMessage())
				.contains("The value of 'circle' (java.util.ArrayList) cannot become JSON"));
		}
	}

	@Test
	void sessionAttributesAreTypedAsTheControllerSaysAndLiveUntilItIsDone() {
		assertThat(get("/wizard")).isEqualTo("[]");
		post("/wizard?name=ada");
		post("/wizard?items=tea&items=cup");
		assertThat(get("/wizard")).isEqualTo("ada[tea, cup]");
		post("/wizard/done");
		assertThat(get("/wizard")).isEqualTo("[]");
		assertThat(cookieNames()).containsExactly("__session");
	}

	@Test
	void aSessionAttributeThatIsChangedOrDoneBehindABodyIsSoInAStore() {
		post("/wizard?name=ada");
		assertThat(get("/wizard/body")).isEqualTo("ada[]");
		assertThat(post("/wizard/body/done").body()).isEqualTo("done");
		assertThat(get("/wizard")).isEqualTo("[]");
	}

	private List<String> cookieNames() {
		return this.cookies.getCookieStore().getCookies().stream().map(HttpCookie::getName).sorted().toList();
	}

	private String get(String path) {
		return send(request(path).GET()).body();
	}

	private HttpResponse<String> post(String path) {
		return send(request(path).POST(BodyPublishers.noBody()));
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + app.port() + path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		return this.client.sendAsync(request.build(), BodyHandlers.ofString()).join();
	}

}
