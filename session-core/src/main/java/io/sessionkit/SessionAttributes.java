package io.sessionkit;

import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The values of a session as objects that come back as what they were, as the Servlet API
 * has them: the classes of a value stand beside its JSON. A value that was set by
 * {@link Session} has none, and reads as plain JSON here; {@link Session} reads what was
 * set here as any type. For code that keeps objects without saying their type; all else
 * is better served by {@link Session} and its keys.
 *
 * <p>
 * Of a class that {@link SessionStorage.Builder#attributeTypes} does not allow nothing is
 * ever made, nor is it loaded. One thread at a time may use them.
 */
public final class SessionAttributes {

	private final Session session;

	private SessionAttributes(Session session) {
		this.session = session;
	}

	/** Returns the attributes of a session. Costs nothing and reads nothing. */
	public static SessionAttributes of(Session session) {
		return new SessionAttributes(Objects.requireNonNull(session, "session"));
	}

	/** Returns the names of the values, as {@link Session#keys()} does. */
	public Set<String> names() {
		return this.session.keys();
	}

	/**
	 * Returns the session's own object: the same instance each time, and what is changed
	 * in it is saved.
	 * @return {@code null} if it is absent, or its class is gone or no longer allowed
	 */
	public @Nullable Object get(String name) {
		return this.session.isDestroyed() ? null : this.session.values().object(name);
	}

	/**
	 * Sets a value; nothing is written where it is equal to the one that is there.
	 * @throws AttributeTypeException if a class in it is not allowed
	 * @throws SessionSerializationException if it would not come back as it is; or the
	 * session is {@link SessionStorage#isShared() shared}, where there is no place for
	 * classes, and it is not text, a number, a boolean, or a list or a map of these,
	 * which come back as plain JSON
	 * @throws SessionTooLargeException if it can never fit
	 * @throws IllegalStateException if the session is committed or destroyed
	 */
	public void set(String name, Object value) {
		this.session.changeable().setObject(ReservedNames.refused(name), value);
	}

	/**
	 * Whether a value is there that is stored just as this one would be, so that setting
	 * it would change nothing; also after the commit.
	 */
	public boolean contains(String name, Object value) {
		return !this.session.isDestroyed() && this.session.values().isObject(name, value);
	}

	/**
	 * Removes a value, not the flash of its name; does nothing where there is none.
	 * @throws IllegalStateException if the session is committed
	 */
	public void remove(String name) {
		if (!this.session.isDestroyed()) {
			this.session.changeable().unset(name, true, false);
		}
	}

	/** Never says what is in it. */
	@Override
	public String toString() {
		return "SessionAttributes";
	}

}
