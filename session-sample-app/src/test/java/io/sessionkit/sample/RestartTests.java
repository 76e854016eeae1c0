package io.sessionkit.sample;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A login outlives the process that it began in, as long as a secret does.
 */
class RestartTests {

	private static final String OLD = "3rA0dJ0d6bq0S7cT1wYx2uVz9kLmNpQr";

	private static final String NEW = "Zx8cVb7nM6aSdF5gHj4kLqWe3rTy2uIo";

	@Test
	void theSameSecretKeepsTheLogin() {
		String cookie = loginUnder(OLD);
		assertThat(seenUnder(OLD, cookie).body()).contains("\"userId\":\"demo\"");
	}

	@Test
	void anotherSecretDoesNot() {
		String cookie = loginUnder(OLD);
		assertThat(seenUnder(NEW, cookie).body()).contains("\"userId\":null");
	}

	@Test
	void aNewSecretBeforeTheOldOneKeepsTheLoginAndSealsItAnew() {
		String cookie = loginUnder(OLD);
		HttpResponse<String> between = seenUnder(NEW + "," + OLD, cookie);
		assertThat(between.body()).contains("\"userId\":\"demo\"");
		String renewed = OnEveryStorage.sessionOf(between, "");
		assertThat(renewed).isNotEmpty();
		assertThat(seenUnder(NEW, renewed).body()).contains("\"userId\":\"demo\"");
	}

	private static String loginUnder(String secrets) {
		try (RunningShop shop = start(secrets); Visitor visitor = new Visitor(shop)) {
			visitor.logIn();
			return visitor.cookie();
		}
	}

	private static HttpResponse<String> seenUnder(String secrets, String cookie) {
		try (RunningShop shop = start(secrets)) {
			return shop.get("/api/session", cookie);
		}
	}

	private static RunningShop start(String secrets) {
		return RunningShop.start("sessionkit.cookie.secrets=" + secrets, "sessionkit.cookie.secure=false");
	}

}
