package io.sessionkit.sample;

import java.net.http.HttpResponse;

import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Theme, inspector, error page and the answer for scripts.
 */
class PagesTests extends OnEveryStorage {

	@Test
	void theThemeIsOnEveryPage() {
		this.visitor.choose("dark");
		this.visitor.logIn();
		for (String path : new String[] { "/", "/cart", "/session", "/login", "/nowhere" }) {
			assertThat(theme(this.visitor.open(path))).isEqualTo("dark");
		}
		assertThat(theme(this.visitor.choose("light"))).isEqualTo("light");
	}

	@Test
	void withoutAChoiceTheSystemDecides() {
		assertThat(this.visitor.open("/login").getDocumentElement().hasAttribute("data-theme")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "//evil.example", "https://evil.example/", "/\\evil.example", "/nowhere", "" })
	void choosingAThemeLeadsToNoStrangePlace(String back) {
		this.visitor.logIn();
		String form = "theme=dark&_csrf=" + this.visitor.token() + "&back=" + back;
		HttpResponse<String> answer = this.shop.post("/theme", this.visitor.cookie(), form);
		assertThat(answer.headers().firstValue("Location"))
			.hasValueSatisfying((location) -> assertThat(location.replace(this.shop.url("/"), "/")).isEqualTo("/"));
	}

	@Test
	void anUnknownThemeIsABadRequest() {
		this.visitor.logIn();
		String form = "theme=pink&_csrf=" + this.visitor.token();
		assertThat(this.shop.post("/theme", this.visitor.cookie(), form).statusCode()).isEqualTo(400);
	}

	@Test
	void anUnknownPageKeepsTheUser() {
		this.visitor.logIn();
		HtmlPage page = this.visitor.open("/nowhere");
		assertThat(page.getWebResponse().getStatusCode()).isEqualTo(404);
		assertThat(page.asNormalizedText()).contains("This shelf is empty, demo.");
		assertThat(Visitor.press(page, "#logout").getUrl().getPath()).isEqualTo("/login");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/cart", "/session", "/nowhere" })
	void noCacheKeepsAPageOfSomebody(String path) {
		this.visitor.logIn();
		HttpResponse<String> page = this.shop.get(path, this.visitor.cookie());
		assertThat(page.body()).contains("demo");
		assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/nowhere", "/base.css", "/art/tea.svg", "/api/session", "/api/nowhere" })
	void whatHasNoFormMakesNoSession(String path) {
		assertThat(this.shop.get(path, "").headers().firstValue("Set-Cookie")).isEmpty();
	}

	@Test
	void scriptsGetTheSessionAsJson() {
		assertThat(this.shop.get("/api/session", "").body())
			.isEqualTo("{\"userId\":null,\"theme\":null,\"cart\":null}");
		this.visitor.choose("dark");
		this.visitor.logIn();
		this.visitor.add("tea", "2");
		assertThat(this.visitor.json())
			.isEqualTo("{\"userId\":\"demo\",\"theme\":\"dark\",\"cart\":{\"lines\":{\"tea\":2}}}");
	}

	@Test
	void theInspectorShowsNamesAndSizesButNoSecret() {
		this.visitor.logIn();
		this.visitor.add("tea", "2");
		HtmlPage page = this.visitor.open("/session");
		assertThat(page.getElementById("storage").getTextContent()).isEqualTo(this.store.storage());
		assertThat(page.getElementById("id").getTextContent()).matches("[A-Za-z0-9_-]{6}…");
		assertThat(page.<DomNode>querySelector(".sizes").asNormalizedText())
			.contains("userId\t6\t", "cart\t19\t", "csrf\t24\t")
			.doesNotContain(this.visitor.token());
		assertThat(page.asXml()).doesNotContain(this.visitor.cookie());
	}

	@Test
	void theInspectorNamesTheFlashThatWaitsAndLeavesIt() {
		this.visitor.logIn();
		String form = "_csrf=" + this.visitor.token() + "&sku=tea&quantity=1";
		HttpResponse<String> answer = this.shop.post("/cart/items", this.visitor.cookie(), form);
		String cookie = sessionOf(answer, this.visitor.cookie());
		HttpResponse<String> inspector = this.shop.get("/session", cookie);
		assertThat(inspector.body()).contains("id=\"flash-waiting\"", ">notice<");
		assertThat(this.shop.get("/cart", sessionOf(inspector, cookie)).body()).contains("Mountain tea added to cart.");
	}

	@Test
	void aStrangersInspectorIsEmpty() {
		assertThat(this.visitor.open("/session").asNormalizedText()).contains("none yet", "Nothing is stored yet.");
	}

	private static String theme(HtmlPage page) {
		return page.getDocumentElement().getAttribute("data-theme");
	}

}
