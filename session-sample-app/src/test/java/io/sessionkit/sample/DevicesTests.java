package io.sessionkit.sample;

import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where somebody is signed in, and the end of it, with two browsers.
 */
class DevicesTests {

	@ParameterizedTest
	@EnumSource(names = { "MEMORY", "REDIS", "H2" })
	void eachBrowserIsADevice(Store store) {
		RunningShop shop = RunningShop.securedOn(store);
		try (Visitor first = new Visitor(shop); Visitor second = new Visitor(shop)) {
			HtmlPage alone = logInAlone(first);
			assertThat(alone.querySelectorAll("#devices li")).hasSize(1);
			assertThat(alone.asNormalizedText()).contains("This device", "You aren’t signed in anywhere else.");
			assertThat(alone.querySelectorAll(".end, #end-others")).isEmpty();

			second.logIn();
			for (Visitor visitor : new Visitor[] { first, second }) {
				HtmlPage both = visitor.open("/devices");
				assertThat(both.querySelectorAll("#devices li")).hasSize(2);
				assertThat(both.querySelectorAll("#devices li.current .tag")).hasSize(1);
				assertThat(both.querySelectorAll("#devices .end")).hasSize(1);
			}
		}
		assertThat(shop.containerSessions()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "MEMORY", "REDIS", "H2" })
	void loggingOutEverywhereElseEndsTheOtherBrowserAtOnce(Store store) {
		RunningShop shop = RunningShop.securedOn(store);
		try (Visitor first = new Visitor(shop); Visitor second = new Visitor(shop)) {
			logInAlone(first);
			second.logIn();
			HtmlPage devices = Visitor.press(second.open("/devices"), "#end-others");
			assertThat(devices.asNormalizedText()).contains("All other devices are now signed out.");
			assertThat(devices.querySelectorAll("#devices li")).hasSize(1);
			assertThat(first.open("/").getUrl().getPath()).isEqualTo("/login");
			assertThat(second.open("/").getUrl().getPath()).isEqualTo("/");
			assertThat(first.logIn().getUrl().getPath()).isEqualTo("/");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "MEMORY", "REDIS", "H2" })
	void aBrowserThatSignedOutIsNoDeviceAnyMore(Store store) {
		RunningShop shop = RunningShop.securedOn(store);
		try (Visitor first = new Visitor(shop); Visitor second = new Visitor(shop)) {
			logInAlone(first);
			assertThat(Visitor.press(second.logIn(), "#logout").asNormalizedText()).contains("You’re signed out.");
			assertThat(first.open("/devices").querySelectorAll("#devices li")).hasSize(1);
			assertThat(second.open("/devices").getUrl().getPath()).isEqualTo("/login");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "MEMORY", "REDIS", "H2" })
	void oneOtherBrowserCanBeEnded(Store store) {
		RunningShop shop = RunningShop.securedOn(store);
		try (Visitor first = new Visitor(shop); Visitor second = new Visitor(shop); Visitor third = new Visitor(shop)) {
			logInAlone(first);
			second.logIn();
			HtmlPage devices = second.open("/devices");
			third.logIn();
			assertThat(Visitor.press(devices, "#devices .end").asNormalizedText())
				.contains("That device is now signed out.");
			assertThat(first.open("/").getUrl().getPath()).isEqualTo("/login");
			assertThat(third.open("/").getUrl().getPath()).isEqualTo("/");
			assertThat(Visitor.press(devices, "#devices .end").asNormalizedText())
				.contains("That device was already signed out.");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "COOKIE", "MEMORY", "REDIS", "H2" })
	void aStrangerHasNoDevices(Store store) {
		try (Visitor visitor = new Visitor(RunningShop.securedOn(store))) {
			HtmlPage login = visitor.open("/devices");
			assertThat(login.getUrl().getPath()).isEqualTo("/login");
			assertThat(Visitor.logIn(login, "demo").getUrl().getPath()).isEqualTo("/devices");
		}
	}

	@Test
	void whereSessionsAreInCookiesThePageSaysWhatItCannotDo() {
		try (Visitor visitor = new Visitor(RunningShop.securedOn(Store.COOKIE))) {
			visitor.logIn();
			HtmlPage devices = visitor.open("/devices");
			assertThat(devices.getElementById("unlisted")).isNotNull();
			assertThat(devices.asNormalizedText()).contains("it can’t list your devices",
					"You can’t sign out other browsers from here");
			assertThat(devices.querySelectorAll("#devices, #end-others")).isEmpty();
		}
	}

	@Test
	void withARevocationSessionsInCookiesEndEverywhereElse() {
		try (RunningShop shop = RunningShop.startSecured(Store.COOKIE, "sessionkit.cookie.secure=false",
				"sessionkit.revocation.storage=memory");
				Visitor first = new Visitor(shop);
				Visitor second = new Visitor(shop)) {
			first.logIn();
			second.logIn();
			HtmlPage devices = Visitor.press(second.open("/devices"), "#end-others");
			assertThat(devices.asNormalizedText()).contains("All other devices are now signed out.",
					"Sign out of all other devices at once");
			assertThat(first.open("/").getUrl().getPath()).isEqualTo("/login");
			assertThat(second.open("/").getUrl().getPath()).isEqualTo("/");
			assertThat(first.logIn().getUrl().getPath()).isEqualTo("/");
		}
	}

	@Test
	void withoutSpringSecurityThereIsNoSuchPage() {
		try (Visitor visitor = new Visitor(RunningShop.on(Store.MEMORY))) {
			visitor.logIn();
			HtmlPage page = visitor.open("/devices");
			assertThat(page.getWebResponse().getStatusCode()).isEqualTo(404);
			assertThat(page.querySelectorAll(".tabs a[href='/devices']")).isEmpty();
		}
	}

	/** Logs in and ends what earlier tests left. */
	private static HtmlPage logInAlone(Visitor visitor) {
		visitor.logIn();
		HtmlPage devices = visitor.open("/devices");
		if (devices.getElementById("end-others") != null) {
			Visitor.press(devices, "#end-others");
		}
		return visitor.open("/devices");
	}

}
