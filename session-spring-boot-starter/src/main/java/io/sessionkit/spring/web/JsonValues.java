package io.sessionkit.spring.web;

import java.lang.reflect.Type;
import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import io.sessionkit.SessionSerializationException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into JSON and back as the session of a request does, without that session.
 *
 * @param scratch a session that nobody commits
 */
record JsonValues(Session scratch) {

	private static final String VALUE = "value";

	private static final int LONGEST = 100;

	static JsonValues of(HttpServletRequest request) {
		return new JsonValues(RequestSession.of(request).scratch());
	}

	/**
	 * The plain JSON of a value, which need not be readable as its class.
	 * @throws SessionSerializationException with the name, if it has none
	 */
	@Nullable Object write(String name, @Nullable Object value) {
		if (value == null) {
			return null;
		}
		SessionKey<Map<String, Object>> key = SessionKey.mapOf(shortened(name), Object.class);
		try {
			this.scratch.set(key, Map.of(VALUE, value));
		}
		catch (SessionSerializationException ex) {
			requireReadable(name, value); // for a message with its own class
			throw ex;
		}
		return (this.scratch.get(key.name()) instanceof Map<?, ?> map) ? map.get(VALUE) : null;
	}

	/**
	 * Makes sure that a value comes back as its class.
	 * @throws SessionSerializationException with the name, if it would not
	 */
	void requireReadable(String name, Object value) {
		this.scratch.set(shortened(name), value);
	}

	/** The value of a type, {@code null} where the JSON is null or does not fit. */
	@Nullable Object read(String name, @Nullable Object json, Type type) {
		this.scratch.set(shortened(name), json);
		return this.scratch.get(SessionKey.ofType(shortened(name), type));
	}

	/** A path into a form has any length, the name of a session value not. */
	private static String shortened(String name) {
		return name.substring(0, name.offsetByCodePoints(0, Math.min(LONGEST, name.codePointCount(0, name.length()))));
	}

}
