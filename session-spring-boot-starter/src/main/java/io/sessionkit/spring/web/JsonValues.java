package io.sessionkit.spring.web;

import java.lang.reflect.Type;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Converts values to JSON and back like the session of a request, but without changing
 * that session.
 *
 * @param scratch a session that is never saved
 */
record JsonValues(Session scratch) {

	static JsonValues of(HttpServletRequest request) {
		return new JsonValues(RequestSession.of(request).scratch());
	}

	/**
	 * Returns the plain JSON of a value.
	 * @throws io.sessionkit.SessionSerializationException if it cannot be converted, with
	 * the name
	 */
	@Nullable Object write(String name, @Nullable Object value) {
		this.scratch.set(name, value);
		return (value != null) ? this.scratch.get(name) : null;
	}

	/**
	 * Returns a value of a type; {@code null} if the JSON is null or does not fit the
	 * type.
	 */
	@Nullable Object read(String name, @Nullable Object json, Type type) {
		this.scratch.set(name, json);
		return this.scratch.get(SessionKey.ofType(name, type));
	}

}
