package io.sessionkit.benchmarks.counted;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.benchmarks.Results;
import io.sessionkit.benchmarks.load.Payload;
import io.sessionkit.cookie.SessionCookie;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long the cookie of a sealed session is, beside the JSON of its values.
 */
final class CookieCount {

	static final String SECRET = "J7mBq0pYwXc2sR9dKfZt4uVhN1oEgL6i";

	private CookieCount() {
	}

	static void report(Results results) {
		SessionStorage storage = SessionStorage
			.inCookie(SessionCookie.builder("__session").encryptedWith(SECRET).build());
		Session session = storage.getSession(null);
		fill(session);
		String setCookie = Objects.requireNonNull(storage.commitSession(session));
		String cookie = setCookie.substring(0, setCookie.indexOf(';'));
		Session opened = storage.getSession(cookie);
		Map<String, Object> values = new LinkedHashMap<>();
		values.put(Payload.USER, Objects.requireNonNull(opened.get(Payload.USER, String.class)));
		values.put(Payload.COUNT, Objects.requireNonNull(opened.get(Payload.COUNT, Integer.class)));
		values.put(Payload.CART, Objects.requireNonNull(opened.get(Payload.CART, String.class)));
		int json = JsonMapper.shared().writeValueAsBytes(values).length;
		double ratio = cookie.length() / (double) json;
		results.put("counted.cookie.bytes", cookie.length());
		results.put("counted.cookie.json", json);
		results.put("counted.cookie.ratio", ratio);
		results.table("counted-cookie", String.format(Locale.ROOT, """
				| sealed cookie | bytes |
				|---|---:|
				| name and value | %d |
				| JSON of the values | %d |
				| ratio | %.2f |
				""", cookie.length(), json, ratio));
	}

	/** What every session holds. */
	static void fill(Session session) {
		session.set(Payload.USER, Payload.NAME);
		session.set(Payload.COUNT, 0);
		session.set(Payload.CART, Payload.LINES);
	}

}
