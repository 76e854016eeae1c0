package io.sessionkit.sample;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A login outlives the process that it began in, as long as a secret does.
 */
class RestartTests {

	private static final String OLD = "3rA0dJ0d6bq0S7cT1wYx2uVz9kLmNpQr";

	private static final String NEW = "Zx8cVb7nM6aSdF5gHj4kLqWe3rTy2uIo";

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
	void aNewSecretBeforeTheOldOneKeepsLoginAndCartAndWritesAnewAndTheNewOneAloneReadsThatOnly(Store store) {
		String old = loginUnder(store, OLD);
		String renewed;
		try (RunningShop shop = start(store, NEW + "," + OLD)) {
			HttpResponse<String> between = shop.get("/api/session", old);
			assertThat(between.body()).contains("\"userId\":\"demo\"", "\"tea\":2");
			renewed = OnEveryStorage.sessionOf(between, "");
			assertThat(renewed).isNotEmpty();
		}
		try (RunningShop shop = start(store, NEW)) {
			assertThat(shop.get("/api/session", renewed).body()).contains("\"userId\":\"demo\"");
			assertThat(shop.get("/api/session", old).body()).contains("\"userId\":null");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "COOKIE", "FILE" })
	void theSameSecretKeepsTheLoginAndTheCart(Store store) {
		String cookie = loginUnder(store, OLD);
		try (RunningShop shop = start(store, OLD)) {
			assertThat(shop.get("/api/session", cookie).body()).contains("\"userId\":\"demo\"", "\"tea\":2");
		}
	}

	@Test
	void memoryEndsWithTheProcess() {
		String cookie = loginUnder(Store.MEMORY, OLD);
		try (RunningShop shop = start(Store.MEMORY, OLD)) {
			assertThat(shop.get("/api/session", cookie).body()).contains("\"userId\":null");
		}
	}

	private static String loginUnder(Store store, String secrets) {
		try (RunningShop shop = start(store, secrets); Visitor visitor = new Visitor(shop)) {
			visitor.logIn();
			visitor.add("tea", "2");
			return visitor.cookie();
		}
	}

	private static RunningShop start(Store store, String secrets) {
		return RunningShop
			.start(store.properties("sessionkit.cookie.secrets=" + secrets, "sessionkit.cookie.secure=false"));
	}

}
