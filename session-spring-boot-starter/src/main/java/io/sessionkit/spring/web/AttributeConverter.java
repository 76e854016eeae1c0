package io.sessionkit.spring.web;

import io.sessionkit.Session;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Converts the objects that one library keeps in {@code HttpSession} to JSON and back.
 * The JSON is separate from the values of the application: no method of {@link Session}
 * sets or shows it, so a value of the application can never be mistaken for such an
 * object.
 *
 * <p>
 * Beans of this type are asked in their order, and the first one that supports an
 * attribute converts it.
 */
public interface AttributeConverter {

	/** The state of an attribute that exists but cannot be read. */
	Object UNREADABLE = new Object();

	/**
	 * Whether this converter handles the given attribute.
	 * @param name the name of the attribute
	 * @param value the value of the attribute
	 * @return {@code true} if {@link #write} is to convert it
	 */
	boolean supports(String name, Object value);

	/**
	 * Converts a value to JSON.
	 * @param name the name of the attribute
	 * @param value the value of the attribute
	 * @return the JSON that is stored
	 * @throws IllegalArgumentException if the value cannot be stored; the message says
	 * what to do about it
	 */
	JsonNode write(String name, Object value);

	/**
	 * Converts JSON back to a value.
	 * @param name the name of the attribute
	 * @param json the stored JSON
	 * @return the value, or {@code null} if the JSON no longer fits; this should be
	 * logged
	 */
	@Nullable Object read(String name, JsonNode json);

	/**
	 * Returns the state of a value, which shows whether the value was changed in place.
	 * If the state at the end of the request is another object than at its beginning, the
	 * value is converted and stored again.
	 * @param value the value of an attribute that this converter handles
	 * @return the state; by default the value itself, which is stored only when it is set
	 */
	default @Nullable Object state(Object value) {
		return value;
	}

	/**
	 * Called before an attribute is set, replaced or removed.
	 * @param request the current request
	 * @param session the session of the request
	 * @param before the {@link #state} until now; {@code null} if there was no such
	 * attribute, {@link #UNREADABLE} if it cannot be read
	 * @param after the {@link #state} from now on; {@code null} if the attribute is
	 * removed
	 */
	default void changing(HttpServletRequest request, Session session, @Nullable Object before,
			@Nullable Object after) {
	}

	/**
	 * Whether an attribute may be dropped if the session becomes too large for its
	 * cookie.
	 * @param name the name of the attribute
	 * @return {@code false} by default
	 */
	default boolean givesWay(String name) {
		return false;
	}

}
