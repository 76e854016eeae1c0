package io.sessionkit.spring.event;

import io.sessionkit.cookie.CookieRejection;

/**
 * What happened to a session, as a Spring application event: for a method like
 * {@code void onRejected(SessionEvent.Rejected event)} of a bean, annotated with
 * {@code EventListener}.
 *
 * <p>
 * Published by the thread of the request, which waits for the listeners: who takes long
 * is best asynchronous. What a listener throws is logged and changes nothing for the
 * request. The session itself can't be changed any more. No event says whose session it
 * is.
 */
public sealed interface SessionEvent {

	/** A session was committed that was not there before. */
	record Created() implements SessionEvent {
	}

	/** A session that was there got a new id, as a login gives it. */
	record IdRegenerated() implements SessionEvent {
	}

	/** A session was ended by a logout, not by expiry. */
	record Destroyed() implements SessionEvent {
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
