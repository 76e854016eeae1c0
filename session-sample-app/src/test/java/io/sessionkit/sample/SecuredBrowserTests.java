package io.sessionkit.sample;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The visit to the shop with Spring Security in two real browsers, with the cookie as it
 * is by default. Leaves screenshots in {@code target/screenshots}.
 */
class SecuredBrowserTests {

	@Test
	void aPersonCanLogInBuyAndLogOutEverywhereFromASecondBrowser() throws IOException {
		try (Chromium first = Chromium.start(); RunningShop shop = RunningShop.startSecured(Store.REDIS)) {
			first.open(shop.url("/cart"));
			assertThat(first.path()).isEqualTo("/login");
			logIn(first, "wrong");
			assertThat(first.text("main")).contains("Incorrect username or password.");
			assertThat(first.attribute("#username", "value")).isEqualTo("demo");
			assertThat(first.focused()).isEqualTo("password");
			String stranger = first.cookie().getValue();
			logIn(first, "demo");
			assertThat(first.path()).isEqualTo("/cart");
			assertThat(first.cookie().getValue()).isNotEqualTo(stranger);

			first.open(shop.url("/"));
			first.press("#add-tea");
			assertThat(first.text("main")).contains("Mountain tea added to cart.");
			first.reload();
			assertThat(first.text("main")).contains("Mountain tea").doesNotContain("added to cart");

			try (Chromium second = Chromium.start()) {
				second.open(shop.url("/devices"));
				logIn(second, "demo");
				assertThat(second.path()).isEqualTo("/devices");
				assertThat(second.text("#devices")).contains("This device", "Sign out");
				show(second, "devices");
				second.press("#end-others");
				assertThat(second.text("main")).contains("All other devices are now signed out.",
						"You aren’t signed in anywhere else.");
				show(second, "devices-alone");

				first.reload();
				assertThat(first.path()).isEqualTo("/login");
				second.press(".theme [value=dark]");
				second.press("#logout");
				assertThat(second.path()).isEqualTo("/login");
				assertThat(second.text("main")).contains("You’re signed out.");
				assertThat(second.attribute("html", "data-theme")).isEqualTo("dark");
				second.open(shop.url("/devices"));
				assertThat(second.path()).isEqualTo("/login");
				assertThat(second.cookieNames()).containsExactly("__Host-session");
			}
			assertThat(shop.containerSessions()).isEmpty();
		}
	}

	@Test
	void theDevicesPageAlsoFitsWithoutAList() throws IOException {
		try (Chromium browser = Chromium.start(); RunningShop shop = RunningShop.startSecured(Store.COOKIE)) {
			browser.open(shop.url("/devices"));
			logIn(browser, "demo");
			browser.press(".theme [value=dark]");
			assertThat(browser.path()).isEqualTo("/devices");
			show(browser, "devices-cookie");
		}
	}

	private static void logIn(Chromium browser, String password) {
		browser.type("#username", "demo");
		browser.type("#password", password);
		browser.press("#login");
	}

	private static void show(Chromium browser, String page) throws IOException {
		browser.phone();
		assertThat(browser.fits()).as("%s fits a phone", page).isTrue();
		browser.screenshot(page + "-phone");
		browser.tablet();
		assertThat(browser.fits()).as("%s fits a tablet", page).isTrue();
		browser.desktop();
		assertThat(browser.fits()).as("%s fits a desktop", page).isTrue();
		browser.screenshot(page + "-desktop");
	}

}
