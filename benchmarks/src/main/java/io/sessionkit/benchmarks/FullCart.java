package io.sessionkit.benchmarks;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.sessionkit.Session;

/**
 * Sessions of the sample shop after a login, with twenty lines in the cart: the same
 * names and the same JSON, {@code {"lines":{"tea":2,...}}}. All are of one length, and no
 * two are alike, since a store that compresses would make little of ten thousand copies.
 */
final class FullCart {

	private static final List<String> SKUS = List.of("tea", "teapot", "cup", "honey", "candle", "notebook", "saucer",
			"strainer", "kettle", "tin", "spoon", "tray", "towel", "sugar", "biscuits", "infuser", "napkins", "cosy",
			"lemon", "postcard");

	private final Random random = new Random(42);

	/** Puts the next one into a new session. */
	void fill(Session session) {
		byte[] csrf = new byte[16];
		this.random.nextBytes(csrf);
		session.set("userId", "demo");
		session.set("theme", "dark");
		session.set("csrf", Base64.getUrlEncoder().withoutPadding().encodeToString(csrf));
		session.set("cart", Map.of("lines", lines()));
		session.untilBrowserCloses();
	}

	private Map<String, Integer> lines() {
		List<String> skus = new ArrayList<>(SKUS);
		Collections.shuffle(skus, this.random);
		Map<String, Integer> lines = new LinkedHashMap<>();
		skus.forEach((sku) -> lines.put(sku, this.random.nextInt(1, 10)));
		return lines;
	}

}
