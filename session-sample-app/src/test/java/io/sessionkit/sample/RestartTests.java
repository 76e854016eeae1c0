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
	void theSameSecretKeepsTheLoginAndTheCart(Store store) {
		String cookie = loginUnder(store, OLD);
		assertThat(seenUnder(store, OLD, cookie).body()).contains("\"userId\":\"demo\"", "\"tea\":2");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
	void anotherSecretDoesNot(Store store) {
		String cookie = loginUnder(store, OLD);
		assertThat(seenUnder(store, NEW, cookie).body()).contains("\"userId\":null");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
	void aNewSecretBeforeTheOldOneKeepsTheLoginAndSealsItAnew(Store store) {
		String cookie = loginUnder(store, OLD);
		HttpResponse<String> between = seenUnder(store, NEW + "," + OLD, cookie);
		assertThat(between.body()).contains("\"userId\":\"demo\"");
		String renewed = OnEveryStorage.sessionOf(between, "");
		assertThat(renewed).isNotEmpty();
		assertThat(seenUnder(store, NEW, renewed).body()).contains("\"userId\":\"demo\"");
	}

	@Test
	void memoryEndsWithTheProcess() {
		String cookie = loginUnder(Store.MEMORY, OLD);
		assertThat(seenUnder(Store.MEMORY, OLD, cookie).body()).contains("\"userId\":null");
	}

	private static String loginUnder(Store store, String secrets) {
		try (RunningShop shop = start(store, secrets); Visitor visitor = new Visitor(shop)) {
			visitor.logIn();
			visitor.add("tea", "2");
			return visitor.cookie();
		}
	}

	private static HttpResponse<String> seenUnder(Store store, String secrets, String cookie) {
		try (RunningShop shop = start(store, secrets)) {
			return shop.get("/api/session", cookie);
		}
	}

	private static RunningShop start(Store store, String secrets) {
		return RunningShop
			.start(store.properties("sessionkit.cookie.secrets=" + secrets, "sessionkit.cookie.secure=false"));
	}

}
