package io.sessionkit.sample;

import java.net.http.HttpResponse;

import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Coming in and going out.
 */
class LoginTests extends OnEveryStorage {

	@Test
	void aStrangerIsSentToTheLogin() {
		for (String path : new String[] { "/", "/cart" }) {
			HttpResponse<String> answer = this.shop.get(path, "");
			assertThat(answer.statusCode()).isEqualTo(302);
			assertThat(location(answer)).isEqualTo("/login");
			assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
		}
	}

	@Test
	void aWrongPasswordIsToldOnce() {
		HtmlPage page = this.visitor.logIn("wrong");
		assertThat(page.getUrl().getPath()).isEqualTo("/login");
		assertThat(page.asNormalizedText()).contains("Incorrect username or password.");
		assertThat(this.visitor.open("/login").asNormalizedText()).doesNotContain("Incorrect");
	}

	@Test
	void aMessageThatNobodyHasReadWaits() {
		this.visitor.open("/login");
		String form = "_csrf=" + this.visitor.token() + "&username=demo&password=wrong";
		HttpResponse<String> answer = this.shop.post("/login", this.visitor.cookie(), form);
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(location(answer)).isEqualTo("/login");
		String cookie = sessionOf(answer, this.visitor.cookie());
		HttpResponse<String> elsewhere = this.shop.get("/nowhere", cookie);
		assertThat(this.shop.get("/login", sessionOf(elsewhere, cookie)).body())
			.contains("Incorrect username or password.");
	}

	@Test
	void theRightPasswordOpensTheAccountUnderANewId() {
		this.visitor.open("/login");
		String before = id();
		HtmlPage page = this.visitor.logIn();
		assertThat(page.getUrl().getPath()).isEqualTo("/");
		assertThat(page.getElementById("user").getTextContent()).isEqualTo("demo");
		assertThat(before).hasSize(7).isNotEqualTo(id());
	}

	@Test
	void whatAStrangerChoseStaysAfterTheLogin() {
		this.visitor.choose("dark");
		assertThat(this.visitor.logIn().getDocumentElement().getAttribute("data-theme")).isEqualTo("dark");
	}

	@Test
	void theCookieFromBeforeTheLoginIsWorthNothing() {
		this.visitor.choose("dark");
		String before = this.visitor.cookie();
		this.visitor.logIn();
		assertThat(this.visitor.cookie()).isNotEqualTo(before);
		assertThat(this.shop.get("/api/session", before).body())
			.isEqualTo("{\"userId\":null,\"theme\":null,\"cart\":null}");
	}

	@Test
	void rememberMeKeepsTheCookieForThirtyDays() {
		String form = "username=demo&password=demo";
		assertThat(loginCookie(form)).doesNotContain("Max-Age");
		assertThat(loginCookie(form + "&remember=true")).contains("Max-Age=2592000");
	}

	@Test
	void logoutEndsTheSession() {
		this.visitor.logIn();
		String before = this.visitor.cookie();
		HtmlPage page = Visitor.press(this.visitor.open("/"), "#logout");
		assertThat(page.getUrl().getPath()).isEqualTo("/login");
		assertThat(this.visitor.open("/").getUrl().getPath()).isEqualTo("/login");
		assertThat(location(this.shop.get("/", before))).isEqualTo("/login");
	}

	@Test
	void whoHasLoggedOutCanLogInAgain() {
		this.visitor.logIn();
		Visitor.press(this.visitor.open("/"), "#logout");
		assertThat(this.visitor.logIn().getUrl().getPath()).isEqualTo("/");
	}

	private String id() {
		return this.visitor.open("/session").getElementById("id").getTextContent();
	}

	private String loginCookie(String form) {
		try (Visitor stranger = new Visitor(this.shop)) {
			stranger.open("/login");
			String complete = "_csrf=" + stranger.token() + "&" + form;
			return this.shop.post("/login", stranger.cookie(), complete).headers().firstValue("Set-Cookie").orElse("");
		}
	}

}
