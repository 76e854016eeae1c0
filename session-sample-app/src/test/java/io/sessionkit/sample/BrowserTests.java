package io.sessionkit.sample;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Cookie;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole visit in a real browser, with the cookie as it is by default, Secure
 * included. Leaves screenshots in {@code target/screenshots}: those in
 * {@code docs/screenshots} are copies.
 */
class BrowserTests {

	private Chromium browser;

	@BeforeEach
	void start() throws IOException {
		this.browser = Chromium.start();
	}

	@AfterEach
	void close() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "COOKIE", "REDIS", "H2" })
	void aPersonCanLogInFillTheCartAndLogOut(Store store) {
		try (RunningShop shop = RunningShop.start(store.properties())) {
			this.browser.open(shop.url("/"));
			assertThat(this.browser.path()).isEqualTo("/login");

			logIn("wrong");
			assertThat(this.browser.text("main")).contains("Incorrect username or password.");
			assertThat(this.browser.attribute("#username", "value")).isEqualTo("demo");
			assertThat(this.browser.focused()).isEqualTo("password");
			this.browser.reload();
			assertThat(this.browser.text("main")).doesNotContain("Incorrect");

			String stranger = this.browser.cookie().getValue();
			logIn("demo");
			assertThat(this.browser.path()).isEqualTo("/");
			assertThat(this.browser.text("#user")).isEqualTo("demo");
			Cookie cookie = this.browser.cookie();
			assertThat(cookie.getValue()).isNotEqualTo(stranger);
			assertThat(cookie.isSecure() && cookie.isHttpOnly()).isTrue();
			assertThat(cookie.getSameSite()).isEqualTo("Lax");

			this.browser.type("#quantity-tea", "2");
			this.browser.press("#add-tea");
			assertThat(this.browser.path()).isEqualTo("/cart");
			assertThat(this.browser.text("main")).contains("Mountain tea added to cart.", "$19.00");
			this.browser.reload();
			assertThat(this.browser.text("main")).contains("Mountain tea").doesNotContain("added to cart");
			this.browser.press("#line-tea .less");
			assertThat(this.browser.text("#line-tea .quantity")).endsWith("1");
			assertThat(this.browser.text("main")).contains("Quantity updated.", "$9.50");
			this.browser.press("#line-tea .more");
			assertThat(this.browser.text("#line-tea .quantity")).endsWith("2");
			this.browser.press("#line-tea .link");
			assertThat(this.browser.text("main")).contains("Item removed from cart.", "Nothing here yet");

			this.browser.press(".theme [value=dark]");
			assertThat(this.browser.path()).isEqualTo("/cart");
			assertThat(this.browser.attribute("html", "data-theme")).isEqualTo("dark");
			this.browser.open(shop.url("/nowhere"));
			assertThat(this.browser.text("main")).contains("404", "demo");
			assertThat(this.browser.attribute("html", "data-theme")).isEqualTo("dark");

			this.browser.press("#logout");
			assertThat(this.browser.path()).isEqualTo("/login");
			assertThat(this.browser.text("main")).contains("You’re signed out.");
			assertThat(this.browser.attribute("html", "data-theme")).isEqualTo("dark");
			this.browser.reload();
			assertThat(this.browser.text("main")).doesNotContain("signed out");
			this.browser.open(shop.url("/cart"));
			assertThat(this.browser.path()).isEqualTo("/login");
			logIn("demo");
			assertThat(this.browser.attribute("html", "data-theme")).isEqualTo("dark");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void everyPageFitsAPhoneATabletAndADesktop(String theme) throws IOException {
		try (RunningShop shop = RunningShop.start()) {
			this.browser.open(shop.url("/login"));
			this.browser.press(".theme [value=" + theme + "]");
			show("login", theme);
			logIn("demo");
			show("account", theme);
			this.browser.phone();
			assertThat(this.browser.isSeenWithFocus("#add-candle")).as("nothing is hidden by the tabs").isTrue();
			this.browser.desktop();
			for (String sku : new String[] { "tea", "tea", "teapot", "honey" }) {
				this.browser.open(shop.url("/"));
				this.browser.press("#add-" + sku);
			}
			show("cart", theme);
			this.browser.open(shop.url("/session"));
			show("session", theme);
			this.browser.open(shop.url("/nowhere"));
			show("error", theme);
		}
	}

	private void logIn(String password) {
		this.browser.type("#username", "demo");
		this.browser.type("#password", password);
		this.browser.press("#login");
	}

	private void show(String page, String theme) throws IOException {
		this.browser.phone();
		assertThat(this.browser.fits()).as("%s fits a phone", page).isTrue();
		this.browser.screenshot(page + "-phone-" + theme);
		this.browser.tablet();
		assertThat(this.browser.fits()).as("%s fits a tablet", page).isTrue();
		this.browser.desktop();
		assertThat(this.browser.fits()).as("%s fits a desktop", page).isTrue();
		this.browser.screenshot(page + "-desktop-" + theme);
	}

}
