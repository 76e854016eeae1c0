package io.sessionkit.spring.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Session} of the request as a Servlet API session. This is a view, not a
 * copy. Its id is the handle, which does not give access to the session.
 */
final class SessionHttpSession implements HttpSession {

	private final Session session;

	private final SessionStorage storage;

	private final HttpAttributes attributes;

	private final HttpSessionListeners listeners;

	private final ServletContext servletContext;

	/** Supplies the {@code Cookie} header that opens the session again. */
	private final Supplier<@Nullable String> cookies;

	private boolean created;

	/** Whether it tells itself of what it is about to do. */
	private boolean telling;

	SessionHttpSession(Session session, SessionStorage storage, HttpAttributes attributes,
			HttpSessionListeners listeners, ServletContext servletContext, Supplier<@Nullable String> cookies) {
		this.session = session;
		this.storage = storage;
		this.attributes = attributes;
		this.listeners = listeners;
		this.servletContext = servletContext;
		this.cookies = cookies;
	}

	Session session() {
		return this.session;
	}

	boolean isValid() {
		return !this.session.isDestroyed();
	}

	private void requireValid() {
		if (!isValid()) {
			throw new IllegalStateException("The session was invalidated in this request");
		}
	}

	@Override
	public String getId() {
		return this.session.handle();
	}

	@Override
	public long getCreationTime() {
		requireValid();
		return this.session.createdAt().toEpochMilli();
	}

	/**
	 * Returns when the session was last written or renewed. Reads renew it at most once
	 * per tenth of its timeout.
	 */
	@Override
	public long getLastAccessedTime() {
		requireValid();
		Instant renewed = this.session.expiresAt().minus(life());
		Instant created = this.session.createdAt();
		return (renewed.isBefore(created) ? created : renewed).toEpochMilli();
	}

	private Duration life() {
		Duration own = this.session.maxAge();
		return (own != null) ? own : this.storage.idleTimeout();
	}

	@Override
	public ServletContext getServletContext() {
		return this.servletContext;
	}

	/**
	 * Gives the session, and its cookie, a timeout of its own. With zero or less this is
	 * the absolute timeout.
	 */
	@Override
	public void setMaxInactiveInterval(int interval) {
		requireValid();
		Duration life = (interval > 0) ? Duration.ofSeconds(interval) : this.storage.absoluteTimeout();
		if (!life.equals(life())) {
			this.session.maxAge(life);
		}
	}

	@Override
	public int getMaxInactiveInterval() {
		return (int) Math.min(life().toSeconds(), Integer.MAX_VALUE);
	}

	@Override
	public @Nullable Object getAttribute(String name) {
		requireValid();
		return this.attributes.get(name);
	}

	@Override
	public Enumeration<String> getAttributeNames() {
		requireValid();
		return Collections.enumeration(this.attributes.names());
	}

	@Override
	public void setAttribute(String name, @Nullable Object value) {
		requireValid();
		if (value == null) {
			removeAttribute(name);
			return;
		}
		if (isCommitted() && this.attributes.isThere(name, value)) {
			return;
		}
		requireChangeable(name);
		tellCreated();
		Object before = this.attributes.get(name);
		if (before != value) {
			this.listeners.bound(this, name, value);
		}
		if (isLate()) {
			late((again) -> again.setAttribute(name, value));
			this.attributes.setLate(name, value);
		}
		else {
			tellingItself(() -> this.attributes.set(name, value));
		}
		if (before != value) {
			this.listeners.unbound(this, name, before);
		}
		this.listeners.changed(this, name, before, value);
	}

	private void tellingItself(Runnable change) {
		this.telling = true;
		try {
			change.run();
		}
		finally {
			this.telling = false;
		}
	}

	/**
	 * Prepares for a new id.
	 * @return notifies the listeners afterwards; {@code null} if there is nothing to tell
	 */
	@Nullable Runnable changingId() {
		if (this.session.isNew() && !this.created) {
			return null; // it is not known by the one that it had
		}
		String former = getId();
		return () -> this.listeners.idChanged(this, former);
	}

	/**
	 * Prepares for a change of a value that is not made through this view.
	 * @return notifies the listeners afterwards; {@code null} if there is nothing to tell
	 */
	@Nullable Runnable changing(String name) {
		if (this.telling) {
			return null;
		}
		Object before = this.attributes.value(name);
		return () -> {
			Object after = this.attributes.value(name);
			if (after != null) {
				tellCreated();
			}
			this.listeners.unbound(this, name, before);
			this.listeners.changed(this, name, before, after);
		};
	}

	/**
	 * Prepares for the removal of all attributes.
	 * @return notifies the listeners afterwards
	 */
	Runnable clearing() {
		Map<String, Object> before = new LinkedHashMap<>();
		for (String name : this.attributes.names()) {
			Object value = this.attributes.get(name);
			if (value != null) {
				before.put(name, value);
			}
		}
		return () -> {
			this.attributes.clear();
			before.forEach((name, value) -> {
				this.listeners.unbound(this, name, value);
				this.listeners.changed(this, name, value, null);
			});
		};
	}

	/** Notifies listeners once if this is a new session. */
	void tellCreated() {
		if (!this.created && this.session.isNew()) {
			this.created = true;
			this.listeners.created(this);
		}
	}

	@Override
	public void removeAttribute(String name) {
		requireValid();
		Object before = this.attributes.get(name);
		if (before == null) {
			return;
		}
		requireChangeable(name);
		if (isLate()) {
			late((again) -> again.removeAttribute(name));
			this.attributes.setLate(name, null);
		}
		else {
			tellingItself(() -> this.attributes.remove(name));
		}
		this.listeners.unbound(this, name, before);
		this.listeners.changed(this, name, before, null);
	}

	@Override
	public void invalidate() {
		requireValid();
		if (isLate()) {
			late(HttpSession::invalidate);
		}
		this.session.destroy();
	}

	/**
	 * Whether the session was already saved, so that a change needs a write of its own.
	 */
	private boolean isLate() {
		return isCommitted() && !this.storage.isInCookie();
	}

	private boolean isCommitted() {
		return LibraryAttributes.of(this.session).isCommitted();
	}

	private void requireChangeable(String name) {
		if (isCommitted() && this.storage.isInCookie() && !HttpAttributes.isDispensable(name)) {
			throw new IllegalStateException("'" + name + "' cannot be changed any more: the session is in its cookie, "
					+ "which has left with the beginning of the response. Change it before the body is written, or set "
					+ "sessionkit.storage to a store, where a session can be changed until the request ends");
		}
	}

	/**
	 * Changes a session in a server-side store after it was saved. No cookie is needed
	 * for that.
	 */
	private void late(Consumer<HttpSession> change) {
		Session again = this.storage.getSession(this.cookies.get());
		if (again.isNew()) {
			throw new IllegalStateException("The response has begun, and the session was not stored before; change the "
					+ "session before the response begins");
		}
		access(again, change);
	}

	private void access(Session again, Consumer<HttpSession> action) {
		SessionHttpSession view = new SessionHttpSession(again, this.storage, this.attributes.of(again),
				HttpSessionListeners.NONE, this.servletContext, this.cookies);
		action.accept(view);
		view.capture();
		if (again.isDirty() && this.storage.isInCookie()) {
			throw new IllegalStateException("A session that is kept in the cookie cannot be changed after its request; "
					+ "use a server-side store for that");
		}
		this.storage.commitIfNeeded(again);
	}

	/** Notifies listeners that the session ends, while it can still be read. */
	void tellDestroyed() {
		this.listeners.destroyed(this);
		for (String name : this.attributes.names()) {
			Object value = this.attributes.get(name);
			this.listeners.unbound(this, name, value);
			this.listeners.changed(this, name, value, null);
		}
	}

	@Override
	public boolean isNew() {
		requireValid();
		return this.session.isNew();
	}

	/**
	 * Returns an accessor that opens the session after the request, also in another
	 * thread. Changes are written when the consumer returns.
	 */
	@Override
	public Accessor getAccessor() {
		requireValid();
		return (consumer) -> {
			Session again = this.storage.getSession(this.cookies.get());
			if (again.isNew()) {
				throw new IllegalStateException("The session of this accessor has ended or was never stored");
			}
			access(again, consumer);
		};
	}

	/** Records in-place changes. */
	void capture() {
		if (isValid()) {
			this.attributes.capture();
		}
	}

	boolean isToldCreated() {
		return this.created;
	}

	/** Whether listeners were notified of a new session that was not written. */
	boolean isToldInVain() {
		return this.created && isValid() && !LibraryAttributes.of(this.session).isWritten();
	}

	/** Shows whether the session is valid, never its id. */
	@Override
	public String toString() {
		return "HttpSession[" + (isValid() ? "valid" : "invalid") + "]";
	}

}
