package io.sessionkit.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import tools.jackson.databind.json.JsonMapper;

/**
 * The session that every benchmark uses: that of a shop's customer, whose cart has as
 * many lines as make the JSON of the values exactly as long as asked for.
 */
public final class SampleSession {

	/** Where a benchmark has one size alone. */
	public static final int BYTES = 500;

	public static final String COOKIE = "__session";

	public static final String SECRET = "J7mBq0pYwXc2sR9dKfZt4uVhN1oEgL6i";

	public static final String USER_ID = "u-27182818284590452";

	private static final List<String> TITLES = List.of("Darjeeling, first flush 2026, 100 g",
			"Porcelain cup with a lid and a saucer", "Tea tin, black lacquer, for 250 g",
			"Cast iron teapot with a strainer, 0.8 l");

	private static final String TITLE = "title";

	private SampleSession() {
	}

	static SessionStorage storage() {
		return SessionStorage.inCookie(SessionCookie.builder(COOKIE).encryptedWith(SECRET).build());
	}

	/** The {@code Cookie} header of a browser that has the session. */
	static String cookieHeader(SessionStorage storage) {
		return cookieHeader(storage, BYTES);
	}

	static String cookieHeader(SessionStorage storage, int bytes) {
		Session session = storage.getSession(null);
		values(bytes).forEach(session::set);
		String setCookie = Objects.requireNonNull(storage.commitSession(session));
		return setCookie.substring(0, setCookie.indexOf(';'));
	}

	/** From 100 bytes of JSON, which is a session without a cart. */
	public static Map<String, Object> values(int bytes) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("userId", USER_ID);
		values.put("theme", "dark");
		values.put("csrf", "pZk3vT0cQmW8yR5nA1xJ7dGfL2hUoB9sEiVt6KrNqXw");
		if (size(values) < bytes) {
			fillCart(values, bytes);
		}
		if (size(values) != bytes) {
			throw new IllegalStateException("The sample session has " + size(values) + " bytes, not " + bytes);
		}
		return values;
	}

	private static void fillCart(Map<String, Object> values, int bytes) {
		List<Map<String, Object>> lines = new ArrayList<>();
		values.put("cart", Map.of("lines", lines));
		Map<String, Object> line = line(0);
		while (size(values) + size(line) < bytes) {
			lines.add(line);
			line = line(lines.size());
		}
		if (!lines.isEmpty()) {
			int rest = bytes - size(values);
			lines.get(lines.size() - 1).merge(TITLE, "*".repeat(rest), (title, stars) -> title.toString() + stars);
		}
	}

	private static Map<String, Object> line(int number) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("sku", "TEA-" + (1000 + number));
		line.put(TITLE, TITLES.get(number % TITLES.size()));
		line.put("quantity", 1 + number % 4);
		line.put("price", (7 + number % 40) + ".50");
		return line;
	}

	private static int size(Map<String, Object> json) {
		return JsonMapper.shared().writeValueAsBytes(json).length;
	}

}
