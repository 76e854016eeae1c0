package io.sessionkit.spring.web;

import java.lang.reflect.Type;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into JSON and back as the session of a request does, without that session.
 *
 * @param scratch a session that nobody commits
 */
record JsonValues(Session scratch) {

	static JsonValues of(HttpServletRequest request) {
		return new JsonValues(RequestSession.of(request).scratch());
	}

	/**
	 * The plain JSON of a value.
	 * @throws io.sessionkit.SessionSerializationException with the name, if it has none
	 */
	@Nullable Object write(String name, @Nullable Object value) {
		this.scratch.set(name, value);
		return (value != null) ? this.scratch.get(name) : null;
	}

	/** The value of a type, {@code null} where the JSON is null or does not fit. */
	@Nullable Object read(String name, @Nullable Object json, Type type) {
		this.scratch.set(name, json);
		return this.scratch.get(SessionKey.ofType(name, type));
	}

}
