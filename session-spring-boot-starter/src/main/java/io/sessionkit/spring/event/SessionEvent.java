package io.sessionkit.spring.event;

import io.sessionkit.SessionIdentity;
import io.sessionkit.SessionStorageListener;
import io.sessionkit.SubjectSession;
import io.sessionkit.cookie.CookieRejection;
import org.jspecify.annotations.Nullable;

/**
 * An application event about a session. A bean receives it with a method like
 * {@code void onRejected(SessionEvent.Rejected event)} that is annotated with
 * {@code EventListener}.
 *
 * <p>
 * Events are published by the thread of the request, which waits for the listeners, so a
 * slow listener should be asynchronous. An exception of a listener is logged and does not
 * affect the request. The session itself can no longer be changed. {@link Expired} is
 * published by the cleanup of the storage, outside of any request.
 *
 * <p>
 * The handle identifies a session, as {@link SubjectSession#handle()} does, but does not
 * give access to it. The principal is the name of the logged-in user, which is the
 * subject of the session, or {@code null} if nobody is logged in. {@link SessionIdentity}
 * describes when either of them is unknown.
 */
public sealed interface SessionEvent {

	/**
	 * A new session was saved.
	 *
	 * @param handle the handle of the session
	 * @param principal the principal name, or {@code null}
	 */
	record Created(String handle, @Nullable String principal) implements SessionEvent {
	}

	/**
	 * An existing session got a new id, for instance at a login.
	 *
	 * @param formerHandle the handle that the session had until now
	 * @param handle the new handle of the session
	 * @param principal the principal name after the login, or {@code null}
	 */
	record IdRegenerated(String formerHandle, String handle, @Nullable String principal) implements SessionEvent {
	}

	/**
	 * A session was ended by a logout or by an administrator, not by expiry.
	 *
	 * @param handle the handle of the session
	 * @param principal the principal name, or {@code null}
	 */
	record Destroyed(String handle, @Nullable String principal) implements SessionEvent {
	}

	/**
	 * A session has expired, and the cleanup of the storage has removed it. This happens
	 * some minutes after the expiry, on one of the instances. Only the storages
	 * {@code memory}, {@code file} and {@code jdbc} publish this event. The stores of the
	 * others remove expired sessions themselves and do not report it.
	 *
	 * @param handle the handle of the session
	 * @param principal the principal name, or {@code null}
	 * @see SessionStorageListener#expired
	 */
	record Expired(String handle, @Nullable String principal) implements SessionEvent {
	}

	/**
	 * A cookie was rejected, and its request has no session. The event is published while
	 * the session is being opened, so a listener that asks for the session or for the
	 * logged-in user gets an exception.
	 *
	 * @param reason why the cookie was rejected
	 */
	record Rejected(CookieRejection reason) implements SessionEvent {
	}

}
