package io.sessionkit;

import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The values of a session as objects that keep their classes, as in the Servlet API. The
 * class names are stored beside the JSON of a value. A value that was set by
 * {@link Session} has no class names and is read as plain JSON here. A value that was set
 * here can be read by {@link Session} as any type. This is for code that stores objects
 * without saying their type. In all other cases use {@link Session} and its keys.
 *
 * <p>
 * If {@link SessionStorage.Builder#attributeTypes} does not allow a class, it is neither
 * loaded nor instantiated. One thread at a time may use this object.
 */
public final class SessionAttributes {

	private final Session session;

	private SessionAttributes(Session session) {
		this.session = session;
	}

	/**
	 * Returns the attributes of a session. This does not read the session.
	 * @param session the session
	 * @return its attributes
	 */
	public static SessionAttributes of(Session session) {
		return new SessionAttributes(Objects.requireNonNull(session, "session"));
	}

	/**
	 * {@return the names of the values, as {@link Session#keys()} returns them}
	 */
	public Set<String> names() {
		return this.session.keys();
	}

	/**
	 * Returns a value. Each call returns the same instance, and changes in it are saved.
	 * @param name the name
	 * @return an object that belongs to the session, or {@code null} if the value is
	 * absent, or its class does not exist or is not allowed any more
	 */
	public @Nullable Object get(String name) {
		return this.session.isDestroyed() ? null : this.session.values().object(name);
	}

	/**
	 * Sets a value. Nothing is written if it equals the present one.
	 * @param name the name
	 * @param value the value. If the session is {@link SessionStorage#isShared() shared},
	 * it must be a string, a number, a boolean, or a list or a map of these, since
	 * classes cannot be stored there
	 * @throws AttributeTypeException if it contains a class that is not allowed
	 * @throws SessionSerializationException if it would not be the same when it is read
	 * again
	 * @throws SessionTooLargeException if it can never fit
	 * @throws IllegalStateException if the session was committed or destroyed
	 */
	public void set(String name, Object value) {
		this.session.change(ReservedNames.refused(name), (values) -> values.setObject(name, value));
	}

	/**
	 * Returns whether a value is present that is stored exactly as this one would be, so
	 * that setting it would change nothing. This works after the commit, too.
	 * @param name the name
	 * @param value the value to compare with
	 * @return whether setting the value would change nothing
	 */
	public boolean contains(String name, Object value) {
		return !this.session.isDestroyed() && this.session.values().isObject(name, value);
	}

	/**
	 * Removes a value, but not the flash attribute of the same name. Does nothing if the
	 * value is absent.
	 * @param name the name
	 * @throws IllegalStateException if the session was committed
	 */
	public void remove(String name) {
		if (!this.session.isDestroyed()) {
			this.session.change(name, (values) -> values.unset(name, true, false));
		}
	}

	/** Returns a description without the content. */
	@Override
	public String toString() {
		return "SessionAttributes";
	}

}
