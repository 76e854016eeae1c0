package io.sessionkit.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import tools.jackson.databind.json.JsonMapper;

/**
 * The session that every benchmark uses: that of a shop's customer, with exactly
 * {@value #BYTES} bytes of JSON.
 */
public final class SampleSession {

	static final int BYTES = 500;

	public static final String COOKIE = "__session";

	public static final String SECRET = "J7mBq0pYwXc2sR9dKfZt4uVhN1oEgL6i";

	public static final String USER_ID = "u-271828182845904";

	private SampleSession() {
	}

	static SessionStorage storage() {
		return SessionStorage.inCookie(SessionCookie.builder(COOKIE).encryptedWith(SECRET).build());
	}

	/** The {@code Cookie} header of a browser that has the session. */
	static String cookieHeader(SessionStorage storage) {
		Session session = storage.getSession(null);
		values().forEach(session::set);
		String setCookie = Objects.requireNonNull(storage.commitSession(session));
		return setCookie.substring(0, setCookie.indexOf(';'));
	}

	public static Map<String, Object> values() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("userId", USER_ID);
		values.put("theme", "dark");
		values.put("csrf", "pZk3vT0cQmW8yR5nA1xJ7dGfL2hUoB9sEiVt6KrNqXw");
		values.put("cart",
				Map.of("lines",
						List.of(line("TEA-0042", "Darjeeling, first flush 2026, 100 g", 2, "12.50"),
								line("CUP-0007", "Porcelain cup with a lid and a saucer", 4, "9.90"),
								line("TIN-0113", "Tea tin, black lacquer, for 250 g", 1, "7.20"),
								line("POT-0001", "Cast iron teapot with a strainer, 0.8 l", 1, "48.00"))));
		checkSize(values);
		return values;
	}

	private static Map<String, Object> line(String sku, String title, int quantity, String price) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("sku", sku);
		line.put("title", title);
		line.put("quantity", quantity);
		line.put("price", price);
		return line;
	}

	private static void checkSize(Map<String, Object> values) {
		int size = JsonMapper.shared().writeValueAsBytes(List.of(values, Map.of())).length;
		if (size != BYTES) {
			throw new IllegalStateException("The document of the sample session has " + size + " bytes, not " + BYTES);
		}
	}

}
