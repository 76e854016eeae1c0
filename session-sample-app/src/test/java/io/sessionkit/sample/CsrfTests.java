package io.sessionkit.sample;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Forms that are not ours change nothing.
 */
class CsrfTests extends OnEveryStorage {

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/cart/items", "/cart/items/tea/decrease", "/cart/items/tea/delete", "/theme",
			"/logout", "/nowhere" })
	void aFormWithoutTheTokenOfTheSessionIsRefused(String path) {
		this.visitor.logIn();
		String form = "username=demo&password=demo&sku=tea&quantity=1&theme=dark";
		for (String token : new String[] { "", "&_csrf=", "&_csrf=wrong", "&_csrf=" + strangersToken() }) {
			HttpResponse<String> answer = this.shop.post(path, this.visitor.cookie(), form + token);
			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(answer.body()).contains("This form has expired, demo.");
		}
		assertThat(this.visitor.json()).isEqualTo("{\"userId\":\"demo\",\"theme\":null,\"cart\":null}");
	}

	@Test
	void aStrangerWithoutATokenIsRefusedToo() {
		assertThat(this.shop.post("/login", "", "username=demo&password=demo").statusCode()).isEqualTo(403);
		assertThat(this.shop.post("/theme", "", "theme=dark").statusCode()).isEqualTo(403);
	}

	@Test
	void theTokenFromBeforeTheLoginIsRefusedAfterIt() {
		this.visitor.open("/login");
		String before = this.visitor.token();
		this.visitor.logIn();
		assertThat(this.shop.post("/theme", this.visitor.cookie(), "theme=dark&_csrf=" + before).statusCode())
			.isEqualTo(403);
		assertThat(this.shop.post("/theme", this.visitor.cookie(), "theme=dark&_csrf=" + this.visitor.token())
			.statusCode()).isEqualTo(302);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "s1.AAAA", "i1.AAAA" })
	void aLogoutWithoutASessionIsLetThrough(String cookie) {
		HttpResponse<String> answer = this.shop.post("/logout", cookie, "");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(location(answer)).isEqualTo("/login");
	}

	@Test
	void aLogoutFromAnotherSiteWhichComesWithoutTheCookieDeletesNone() {
		HttpResponse<String> answer = this.shop.post("/logout", "", "");
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
	}

	@Test
	void aLogoutWithAnEndedSessionIsLetThrough() {
		this.visitor.logIn();
		String cookie = this.visitor.cookie();
		Visitor.press(this.visitor.open("/"), "#logout");
		assertThat(location(this.shop.post("/logout", cookie, ""))).isEqualTo("/login");
	}

	private String strangersToken() {
		try (Visitor stranger = new Visitor(this.shop)) {
			stranger.open("/login");
			return stranger.token();
		}
	}

}
