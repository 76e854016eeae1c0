package io.sessionkit;

import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What libraries keep in a session, such as the logged-in user or a CSRF token. Such
 * attributes are separate from the values of the application. No method of
 * {@link Session} sets or shows them, so that a visitor who can choose the name of a
 * value cannot become another user. {@link Session#clear()} and {@link Session#destroy()}
 * remove them. This type is meant for libraries. An application uses {@link Session}.
 *
 * <p>
 * Attributes are JSON like the values of a session, with the same limits and exceptions.
 * An object that was set or returned belongs to the caller. A later change in it is not
 * saved. One thread at a time may use this object.
 *
 * <p>
 * If the sessions are {@link SessionStorage#isShared() shared} with another program,
 * there are no attributes, because that program could write them too. Every read then
 * returns nothing, and every {@code set} throws an {@link IllegalStateException}.
 */
public final class LibraryAttributes {

	private final Session session;

	private LibraryAttributes(Session session) {
		this.session = session;
	}

	/**
	 * Returns the attributes of a session. This does not read the session.
	 * @param session the session
	 * @return its attributes
	 */
	public static LibraryAttributes of(Session session) {
		return new LibraryAttributes(Objects.requireNonNull(session, "session"));
	}

	/**
	 * {@return the names of all attributes; the set is unmodifiable}
	 */
	public Set<String> names() {
		return isReadable() ? document().attributes().names() : Set.of();
	}

	/**
	 * Returns whether there is an attribute.
	 * @param name the name of the attribute
	 * @return whether it is present
	 */
	public boolean has(String name) {
		return isReadable() && document().attributes().get(name) != null;
	}

	/**
	 * Returns an attribute as plain JSON, as {@link Session#get(String)} does.
	 * @param name the name of the attribute
	 * @return the attribute, or {@code null} if it is absent
	 */
	public @Nullable Object get(String name) {
		JsonSlice json = isReadable() ? document().attributes().get(name) : null;
		return (json != null) ? SessionJson.view(json) : null;
	}

	/**
	 * Returns an attribute as a type.
	 * @param <T> the type
	 * @param name the name of the attribute
	 * @param type the class
	 * @return the attribute, or {@code null} if it is absent or does not fit the type
	 */
	public <T> @Nullable T get(String name, Class<T> type) {
		return isReadable() ? this.session.values().attribute(name, type) : null;
	}

	/**
	 * Returns an attribute with the class that it had when {@link #setObject} set it. An
	 * attribute that was set by another method is returned as plain JSON. Each call
	 * returns a new object.
	 * @param name the name of the attribute
	 * @return the attribute, or {@code null} if it is absent, or its class does not exist
	 * or is not allowed any more
	 */
	public @Nullable Object getObject(String name) {
		return isReadable() ? this.session.values().attributeObject(name) : null;
	}

	/**
	 * Sets an attribute that keeps its class, as {@link SessionAttributes#set} does, and
	 * that lasts as long as the session.
	 * @param name the name of the attribute
	 * @param value the attribute
	 */
	public void setObject(String name, Object value) {
		this.session.changeableAttributes(name).setAttributeObject(Names.checked(name), value);
	}

	/**
	 * Returns whether an attribute is present that is stored exactly as
	 * {@link #setObject} would store this one.
	 * @param name the name of the attribute
	 * @param value the attribute to compare with
	 * @return whether setting the attribute would change nothing
	 */
	public boolean containsObject(String name, Object value) {
		return isReadable() && this.session.values().isAttributeObject(name, value);
	}

	/**
	 * Returns the {@link Session#handle()} of the session whose id the request brought,
	 * whether that session is alive or not. This does not read the session.
	 * @return the handle, or {@code null} if the request had no authentic cookie
	 */
	public @Nullable String broughtHandle() {
		return this.session.broughtHandle();
	}

	/**
	 * Gives the session a new id, unless it is new or has got a new id in this request
	 * already.
	 * @return whether this was necessary
	 */
	public boolean regenerateIdOnce() {
		this.session.changeable();
		return this.session.regenerateIdOnce();
	}

	/**
	 * {@return whether the session was already read, so that reading it costs nothing
	 * more}
	 */
	public boolean isRead() {
		return this.session.isRead();
	}

	/**
	 * {@return whether the session was committed, so that it cannot be changed any more}
	 */
	public boolean isCommitted() {
		return this.session.isCommitted();
	}

	/**
	 * {@return whether a commit has written the session}
	 */
	public boolean isWritten() {
		return this.session.isWritten();
	}

	/**
	 * Sets the listener that hears of what is done to the session. It replaces the one
	 * that was set before.
	 * @param listener the listener
	 */
	public void listener(SessionChangeListener listener) {
		this.session.listener(listener);
	}

	/**
	 * Sets an attribute that lasts as long as the session.
	 * @param name the name of the attribute
	 * @param value the attribute
	 */
	public void set(String name, Object value) {
		set(name, value, StoredAttributes.Lasting.SESSION);
	}

	/**
	 * Sets an attribute that the session can do without. If the session is too large for
	 * its cookie, the attribute is dropped before the commit fails.
	 * @param name the name of the attribute
	 * @param value the attribute
	 */
	public void setWhileThereIsRoom(String name, Object value) {
		set(name, value, StoredAttributes.Lasting.ROOM);
	}

	private void set(String name, Object value, StoredAttributes.Lasting lasting) {
		this.session.changeableAttributes(name).attribute(Names.checked(name), value, lasting);
	}

	/**
	 * Removes an attribute. Does nothing if it is absent.
	 * @param name the name of the attribute
	 */
	public void remove(String name) {
		if (!this.session.isShared() && !this.session.isDestroyed()) {
			this.session.changeable().removeAttribute(name);
		}
	}

	private boolean isReadable() {
		return !this.session.isShared() && !this.session.isDestroyed();
	}

	private SessionDocument document() {
		return this.session.document();
	}

	/** Returns a description without the content. */
	@Override
	public String toString() {
		return "LibraryAttributes";
	}

}
