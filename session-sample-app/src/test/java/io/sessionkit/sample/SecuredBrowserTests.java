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
			assertThat(first.text("main")).contains("That name and password do not match.");
			String stranger = first.cookie().getValue();
			logIn(first, "demo");
			assertThat(first.path()).isEqualTo("/cart");
			assertThat(first.cookie().getValue()).isNotEqualTo(stranger);

			first.open(shop.url("/"));
			first.press("#add-tea");
			assertThat(first.text("main")).contains("Mountain tea is in your cart.");
			first.reload();
			assertThat(first.text("main")).contains("Mountain tea").doesNotContain("is in your cart.");

			try (Chromium second = Chromium.start()) {
				second.open(shop.url("/devices"));
				logIn(second, "demo");
				assertThat(second.path()).isEqualTo("/devices");
				assertThat(second.text("#devices")).contains("This one", "Sign out");
				show(second, "devices");
				second.press("#end-others");
				assertThat(second.text("main")).contains("All other devices are signed out.", "nowhere else");
				show(second, "devices-alone");

				first.reload();
				assertThat(first.path()).isEqualTo("/login");
				second.press("#logout");
				assertThat(second.path()).isEqualTo("/login");
				second.open(shop.url("/devices"));
				assertThat(second.path()).isEqualTo("/login");
				assertThat(second.cookieNames()).containsExactly("__Host-session");
			}
			assertThat(shop.containerSessions()).isEmpty();
		}
	}

	@Test
	void thePageFitsWithoutAListToo() throws IOException {
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
