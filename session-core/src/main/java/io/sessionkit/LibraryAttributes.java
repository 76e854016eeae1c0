package io.sessionkit;

import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a library keeps in a session: who is logged in, a CSRF token. Attributes lie apart
 * from the values of the application. No method of {@link Session} sets or shows one, so
 * that whoever may choose the name of a value cannot become somebody else;
 * {@link Session#clear()} and {@link Session#destroy()} remove them. This type is for
 * libraries; an application uses {@link Session}.
 *
 * <p>
 * Values are JSON as those of a session are, with the same limits and errors. An object
 * that was set or handed out is the caller's own: what is changed in it afterwards is not
 * saved. One thread at a time may use them.
 *
 * <p>
 * A session of a storage that {@link SessionStorage#isShared()} has no attributes, since
 * its peer could write them too: there everything is absent, and every {@code set} throws
 * an {@link IllegalStateException}.
 */
public final class LibraryAttributes {

	private final Session session;

	private LibraryAttributes(Session session) {
		this.session = session;
	}

	/** Returns the attributes of a session. Costs nothing and reads nothing. */
	public static LibraryAttributes of(Session session) {
		return new LibraryAttributes(Objects.requireNonNull(session, "session"));
	}

	/** Returns the names of all attributes, unmodifiable. */
	public Set<String> names() {
		return isReadable() ? document().attributes().names() : Set.of();
	}

	/** Whether there is an attribute of this name. */
	public boolean has(String name) {
		return isReadable() && document().attributes().get(name) != null;
	}

	/** Returns an attribute as plain JSON, as {@link Session#get(String)} does. */
	public @Nullable Object get(String name) {
		JsonSlice json = isReadable() ? document().attributes().get(name) : null;
		return (json != null) ? SessionJson.view(json) : null;
	}

	/** Returns an attribute; {@code null}: absent, or not of this type. */
	public <T> @Nullable T get(String name, Class<T> type) {
		return isReadable() ? this.session.values().attribute(name, type) : null;
	}

	/**
	 * Returns an attribute as what it was when {@link #setObject} set it; what was set
	 * otherwise reads as plain JSON. Each call makes another object.
	 * @return {@code null} if it is absent, or its class is gone or no longer allowed
	 */
	public @Nullable Object getObject(String name) {
		return isReadable() ? this.session.values().attributeObject(name) : null;
	}

	/**
	 * Sets an attribute that comes back as what it is, as {@link SessionAttributes#set}
	 * does, and lasts as long as the session.
	 */
	public void setObject(String name, Object value) {
		this.session.changeableAttributes(name).setAttributeObject(Names.checked(name), value);
	}

	/**
	 * Whether an attribute is there that is stored just as {@link #setObject} would store
	 * this one, as {@link SessionAttributes#contains} says of a value.
	 */
	public boolean containsObject(String name, Object value) {
		return isReadable() && this.session.values().isAttributeObject(name, value);
	}

	/**
	 * Returns the {@link Session#handle()} of the session whose id the request brought,
	 * be it live or not. Reads nothing.
	 * @return {@code null} if no authentic cookie came
	 */
	public @Nullable String broughtHandle() {
		return this.session.broughtHandle();
	}

	/**
	 * Gives the session a new id, unless it has got one in this request or is new anyway.
	 * @return whether that was necessary
	 */
	public boolean regenerateIdOnce() {
		this.session.changeable();
		return this.session.regenerateIdOnce();
	}

	/** Whether the session was read already, so that reading it costs nothing more. */
	public boolean isRead() {
		return this.session.isRead();
	}

	/** Whether the session was committed, so that it cannot be changed any more. */
	public boolean isCommitted() {
		return this.session.isCommitted();
	}

	/** Whether a commit has written the session. */
	public boolean isWritten() {
		return this.session.isWritten();
	}

	/**
	 * Runs something when the session is to be destroyed by {@link Session#destroy()},
	 * right before, while it can still be read; the last one that is given counts.
	 */
	public void beforeDestroy(Runnable action) {
		this.session.beforeDestroy(action);
	}

	/** Sets an attribute that lasts as long as the session. */
	public void set(String name, Object value) {
		set(name, value, StoredAttributes.Lasting.SESSION);
	}

	/**
	 * Sets an attribute that ends with the present id of the session: a new id, whoever
	 * asks for it, removes it. One that is set after {@link Session#regenerateId()}
	 * belongs to the new id.
	 */
	public void setUntilNewId(String name, Object value) {
		set(name, value, StoredAttributes.Lasting.ID);
	}

	/**
	 * Sets an attribute that the session can do without: where the session is too large
	 * for its cookie it is dropped, before the commit fails.
	 */
	public void setWhileThereIsRoom(String name, Object value) {
		set(name, value, StoredAttributes.Lasting.ROOM);
	}

	private void set(String name, Object value, StoredAttributes.Lasting lasting) {
		this.session.changeableAttributes(name).attribute(Names.checked(name), value, lasting);
	}

	/** Removes an attribute; does nothing where there is none. */
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

	/** Never says what is in it. */
	@Override
	public String toString() {
		return "LibraryAttributes";
	}

}
