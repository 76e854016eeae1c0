package io.sessionkit.spring.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * A session as the Servlet API has it: a view of the {@link Session} of the request, not
 * a copy. Its id is the handle, which opens nothing.
 */
final class SessionHttpSession implements HttpSession {

	private final Session session;

	private final SessionStorage storage;

	private final HttpAttributes attributes;

	private final HttpSessionListeners listeners;

	private final ServletContext servletContext;

	/** Gives the {@code Cookie} header that opens it again. */
	private final Supplier<@Nullable String> cookies;

	private boolean created;

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

	/** When it was last written or renewed, at most a tenth of its life ago. */
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
	 * Gives the session a life of its own, with its cookie; zero or less is as long as
	 * sessions may live at all.
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
			this.attributes.set(name, value);
		}
		if (before != value) {
			this.listeners.unbound(this, name, before);
		}
		this.listeners.changed(this, name, before, value);
	}

	/** Tells that a session begins, once, where there was none. */
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
			this.attributes.remove(name);
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
	 * Whether the response has begun, and what is changed now needs a write of its own.
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
	 * Changes a session in a store after the response began, for which no cookie is
	 * needed.
	 */
	private void late(Consumer<HttpSession> change) {
		Session again = this.storage.getSession(this.cookies.get());
		if (again.isNew()) {
			throw new IllegalStateException("The response has begun, and no session was stored before; change the "
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
			throw new IllegalStateException("A session that is in the cookie cannot be changed after its request; "
					+ "keep sessions in a store for that");
		}
		this.storage.commitIfNeeded(again);
	}

	/** Tells that it ends, while it can still be read. */
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
	 * Gives what opens the session after the request, from another thread: a change is
	 * written when the consumer returns.
	 */
	@Override
	public Accessor getAccessor() {
		requireValid();
		return (consumer) -> {
			Session again = this.storage.getSession(this.cookies.get());
			if (again.isNew()) {
				throw new IllegalStateException("The session of this accessor has ended, or was never stored");
			}
			access(again, consumer);
		};
	}

	/** Takes down changes in place. */
	void capture() {
		if (isValid()) {
			this.attributes.capture();
		}
	}

	boolean isToldCreated() {
		return this.created;
	}

	/** Whether it was told to begin, and was not written after all. */
	boolean isToldInVain() {
		return this.created && isValid() && !LibraryAttributes.of(this.session).isWritten();
	}

	/** Says that it is a session, never its id. */
	@Override
	public String toString() {
		return "HttpSession[" + (isValid() ? "valid" : "invalid") + "]";
	}

}
