package io.sessionkit.spring.web;

import io.sessionkit.Session;
import io.sessionkit.spring.web.AttributeConverter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keeps the objects of one library in {@code HttpSession} as JSON of its own, where no
 * value of the application can be taken for one: no method of {@link Session} sets or
 * shows it. The first converter that supports an attribute keeps it; beans of this type
 * are asked in their order.
 */
public interface AttributeConverter {

	/** Stands for the state of an attribute that is there and cannot be read. */
	Object UNREADABLE = new Object();

	/**
	 * Whether it keeps this attribute.
	 * @param name the name of the attribute
	 * @param value its value
	 */
	boolean supports(String name, Object value);

	/**
	 * Turns a value into JSON.
	 * @throws IllegalArgumentException if it cannot be kept, with what to do about it
	 */
	JsonNode write(String name, Object value);

	/**
	 * Turns JSON into the value that it was.
	 * @return {@code null} if it does not fit any more; a log says so
	 */
	@Nullable Object read(String name, JsonNode json);

	/**
	 * Returns what shows that a value was changed in place: it is written again where
	 * another object is returned at the end of the request than at its begin.
	 * @return by default the value itself, which is written when it is set
	 */
	default @Nullable Object state(Object value) {
		return value;
	}

	/**
	 * Hears that an attribute is about to be set, replaced or removed.
	 * @param before the {@link #state} that it had; {@code null} if it was absent,
	 * {@link #UNREADABLE} if that cannot be told
	 * @param after the state that it will have; {@code null} if it is removed
	 */
	default void changing(HttpServletRequest request, Session session, @Nullable Object before,
			@Nullable Object after) {
	}

	/** Whether it gives way where the session is too large for its cookie. */
	default boolean givesWay(String name) {
		return false;
	}

}
