package io.sessionkit.spring.event;

import io.sessionkit.SessionIdentity;
import io.sessionkit.SessionStorageListener;
import io.sessionkit.SubjectSession;
import io.sessionkit.cookie.CookieRejection;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a session, as a Spring application event: for a method like
 * {@code void onRejected(SessionEvent.Rejected event)} of a bean, annotated with
 * {@code EventListener}.
 *
 * <p>
 * Published by the thread of the request, which waits for the listeners: who takes long
 * is best asynchronous. What a listener throws is logged and changes nothing for the
 * request. The session itself can't be changed any more. {@link Expired} is published by
 * whoever cleans up, without a request.
 *
 * <p>
 * The handle says which session it is, as {@link SubjectSession#handle()} does, and opens
 * none. The principal is the name of who is logged in, the subject of the session;
 * {@code null} for nobody. When either cannot be told {@link SessionIdentity} says.
 */
public sealed interface SessionEvent {

	/**
	 * A session was committed that was not there before.
	 *
	 * @param handle which
	 * @param principal whose
	 */
	record Created(String handle, @Nullable String principal) implements SessionEvent {
	}

	/**
	 * A session that was there got a new id, as a login gives it.
	 *
	 * @param formerHandle which it was until now
	 * @param handle which it is from now on
	 * @param principal whose, after the login
	 */
	record IdRegenerated(String formerHandle, String handle, @Nullable String principal) implements SessionEvent {
	}

	/**
	 * A session was ended by a logout or an administrator, not by expiry.
	 *
	 * @param handle which
	 * @param principal whose it was
	 */
	record Destroyed(String handle, @Nullable String principal) implements SessionEvent {
	}

	/**
	 * A session has expired, and the clean-up of the storage has removed it: minutes
	 * after its end, on one of the nodes. With the storages {@code memory}, {@code file}
	 * and {@code jdbc}; the others expire without anybody's help, and say nothing.
	 *
	 * @param handle which
	 * @param principal whose it was
	 * @see SessionStorageListener#expired
	 */
	record Expired(String handle, @Nullable String principal) implements SessionEvent {
	}

	/**
	 * A cookie does not count, and its request is an anonymous one. Its session is just
	 * being opened: a listener that asks for it, or for who is logged in, fails.
	 *
	 * @param reason why
	 */
	record Rejected(CookieRejection reason) implements SessionEvent {
	}

}
