package io.sessionkit.sample;

import java.net.http.HttpResponse;
import java.nio.file.Path;

import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * This shop and one in React Router show the same user, theme and flash to one browser:
 * one cookie jar, one Redis, and neither knows of the other.
 */
class ReactRouterTests {

	private static ReactRouterShop reactRouter;

	private static RunningShop shop;

	private final Visitor visitor = new Visitor(shop);

	@BeforeAll
	static void start(@TempDir Path directory) {
		int redis = EmbeddedRedis.start();
		reactRouter = new ReactRouterShop(directory, redis);
		shop = RunningShop.start("sessionkit.format=react-router", "sessionkit.storage=redis",
				"sessionkit.cookie.secrets=a s3cret of both", "sessionkit.cookie.secure=false", "sessionkit.timeout=5s",
				"spring.data.redis.port=" + redis);
	}

	@AfterAll
	static void stop() {
		if (shop != null) {
			shop.close();
			reactRouter.close();
		}
	}

	@AfterEach
	void close() {
		this.visitor.close();
	}

	@Test
	void whoLogsInHereIsLoggedInThereWithTheSameTheme() {
		this.visitor.logIn();
		this.visitor.choose("dark");
		assertThat(reactRouter.account(this.visitor))
			.hasToString("{\"user\":\"demo\",\"theme\":\"dark\",\"notice\":null}");
		HtmlPage page = this.visitor.open("/");
		assertThat(page.getElementById("user").getTextContent()).isEqualTo("demo");
		assertThat(page.getDocumentElement().getAttribute("data-theme")).isEqualTo("dark");
	}

	@Test
	void aThemeChosenThereIsTheThemeHereAndItsFlashIsShownOnce() {
		this.visitor.logIn();
		reactRouter.post("/theme", "theme=dark", this.visitor);
		HtmlPage page = this.visitor.open("/cart");
		assertThat(page.getDocumentElement().getAttribute("data-theme")).isEqualTo("dark");
		assertThat(page.asNormalizedText()).contains("React Router has saved the theme.");
		assertThat(this.visitor.open("/cart").asNormalizedText()).doesNotContain("has saved");
		assertThat(reactRouter.account(this.visitor).get("notice").isNull()).isTrue();
	}

	@Test
	void aFlashOfOursIsShownThereOnce() {
		this.visitor.logIn();
		HttpResponse<String> added = shop.post("/cart/items", this.visitor.cookie(),
				"_csrf=" + this.visitor.token() + "&sku=tea&quantity=2");
		assertThat(added.statusCode()).isEqualTo(302);
		assertThat(reactRouter.account(this.visitor).get("notice").stringValue()).isNotBlank();
		assertThat(reactRouter.account(this.visitor).get("notice").isNull()).isTrue();
		assertThat(this.visitor.json()).contains("\"userId\":\"demo\"", "\"tea\":2");
	}

	@Test
	void whoBeginsThereGoesOnHere() {
		reactRouter.post("/theme", "theme=dark", this.visitor);
		String before = this.visitor.cookie();
		HtmlPage page = this.visitor.logIn();
		assertThat(page.getDocumentElement().getAttribute("data-theme")).isEqualTo("dark");
		assertThat(this.visitor.cookie()).isNotEqualTo(before);
		assertThat(reactRouter.account(this.visitor).get("user").stringValue()).isEqualTo("demo");
	}

	@Test
	void aLogoutOnEitherSideIsALogoutOnBoth() {
		this.visitor.logIn();
		String cookie = this.visitor.cookie();
		reactRouter.post("/logout", "", this.visitor);
		assertThat(this.visitor.cookie()).isEmpty();
		assertThat(OnEveryStorage.location(shop.get("/", cookie))).isEqualTo("/login");
		this.visitor.logIn();
		Visitor.press(this.visitor.open("/"), "#logout");
		assertThat(reactRouter.account(this.visitor).get("user").isNull()).isTrue();
	}

	@Test
	void theRecordInRedisIsTheJsonThatReactRouterStores() {
		this.visitor.logIn();
		this.visitor.choose("dark");
		assertThat(reactRouter.redis().keys("session:*").stream().map(reactRouter.redis()::get))
			.anySatisfy((record) -> assertThat(record).startsWith("{\"csrf\":\"")
				.contains("\"userId\":\"demo\"")
				.endsWith("\"theme\":\"dark\"}"));
	}

}
