package io.sessionkit.sample;

import java.net.http.HttpResponse;

import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Coming in and going out where Spring Security keeps the door. Each test ends with a
 * look for a second session.
 */
@ParameterizedClass
@EnumSource(names = { "COOKIE", "MEMORY", "REDIS", "H2" })
class SecuredLoginTests {

	@Parameter
	Store store;

	private RunningShop shop;

	private Visitor visitor;

	@BeforeEach
	void open() {
		this.shop = RunningShop.securedOn(this.store);
		this.visitor = new Visitor(this.shop);
	}

	@AfterEach
	void thereIsOneSessionAndItIsOurs() {
		assertThat(this.visitor.cookieNames()).isSubsetOf("__session");
		assertThat(this.shop.containerSessions()).isEmpty();
		this.visitor.close();
	}

	@Test
	void theLoginLeadsToThePageThatWasAskedFor() {
		HtmlPage login = this.visitor.open("/cart");
		assertThat(login.getUrl().getPath()).isEqualTo("/login");
		assertThat(Visitor.logIn(login, "demo").getUrl().getPath()).isEqualTo("/cart");
	}

	@Test
	void theLoginWithoutADestinationLeadsToTheAccountUnderANewId() {
		this.visitor.open("/login");
		String before = id();
		HtmlPage page = this.visitor.logIn();
		assertThat(page.getUrl().getPath()).isEqualTo("/");
		assertThat(page.getElementById("user").getTextContent()).isEqualTo("demo");
		assertThat(before).hasSize(7).isNotEqualTo(id());
		assertThat(this.visitor.cookieNames()).containsExactly("__session");
	}

	@Test
	void aWrongPasswordIsToldOnce() {
		HtmlPage page = this.visitor.logIn("wrong");
		assertThat(page.getUrl().getPath()).isEqualTo("/login");
		assertThat(page.asNormalizedText()).contains("Incorrect username or password.");
		assertThat(this.visitor.open("/login").asNormalizedText()).doesNotContain("Incorrect");
		assertThat(this.visitor.open("/").getUrl().getPath()).isEqualTo("/login");
	}

	@Test
	void whatAStrangerChoseStaysAfterTheLogin() {
		this.visitor.choose("dark");
		assertThat(this.visitor.logIn().getDocumentElement().getAttribute("data-theme")).isEqualTo("dark");
	}

	@Test
	void aMessageCrossesTheRedirectOnce() {
		this.visitor.logIn();
		HtmlPage cart = this.visitor.add("tea", "2");
		assertThat(cart.getUrl().getPath()).isEqualTo("/cart");
		assertThat(cart.asNormalizedText()).contains("Mountain tea added to cart.", "$19.00");
		assertThat(this.visitor.open("/cart").asNormalizedText()).doesNotContain("added to cart");
		assertThat(Visitor.press(this.visitor.open("/cart"), "#line-tea .link").asNormalizedText())
			.contains("Item removed from cart.");
	}

	@Test
	void aFormCountsWithItsTokenOnly() {
		this.visitor.logIn();
		String form = "sku=tea&quantity=1";
		HttpResponse<String> without = this.shop.post("/cart/items", this.visitor.cookie(), form);
		assertThat(without.statusCode()).isEqualTo(403);
		assertThat(without.body()).contains("This form has expired, demo.");
		String complete = form + "&_csrf=" + this.visitor.token();
		assertThat(this.shop.post("/cart/items", this.visitor.cookie(), complete).statusCode()).isEqualTo(302);
	}

	@Test
	void theTokenFromBeforeTheLoginIsWorthNothing() {
		this.visitor.open("/login");
		String before = this.visitor.token();
		this.visitor.logIn();
		String form = "sku=tea&quantity=1&_csrf=" + before;
		assertThat(this.shop.post("/cart/items", this.visitor.cookie(), form).statusCode()).isEqualTo(403);
	}

	@Test
	void anUnknownPageKeepsTheUser() {
		this.visitor.logIn();
		HtmlPage page = this.visitor.open("/nowhere");
		assertThat(page.getWebResponse().getStatusCode()).isEqualTo(404);
		assertThat(page.asNormalizedText()).contains("This shelf is empty, demo.");
		assertThat(Visitor.press(page, "#logout").getUrl().getPath()).isEqualTo("/login");
	}

	@Test
	void rememberMeKeepsTheCookieForThirtyDays() {
		assertThat(loginCookie("")).isNotEmpty().doesNotContain("Max-Age");
		assertThat(loginCookie("&remember=true")).contains("Max-Age=2592000");
	}

	@Test
	void logoutEndsTheSessionAndEveryCopyOfItsCookie() {
		this.visitor.logIn();
		String copy = this.visitor.cookie();
		HtmlPage page = Visitor.press(this.visitor.open("/"), "#logout");
		assertThat(page.getUrl().getPath()).isEqualTo("/login");
		assertThat(this.visitor.open("/").getUrl().getPath()).isEqualTo("/login");
		assertThat(OnEveryStorage.location(this.shop.get("/", copy))).isEqualTo("/login");
		assertThat(this.visitor.logIn().getUrl().getPath()).isEqualTo("/");
	}

	private String id() {
		return this.visitor.open("/session").getElementById("id").getTextContent();
	}

	private String loginCookie(String more) {
		try (Visitor stranger = new Visitor(this.shop)) {
			stranger.open("/login");
			String form = "_csrf=" + stranger.token() + "&username=demo&password=demo" + more;
			return this.shop.post("/login", stranger.cookie(), form).headers().firstValue("Set-Cookie").orElse("");
		}
	}

}
