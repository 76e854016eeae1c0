package io.sessionkit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What was found for a cookie.
 *
 * @param state what it is
 * @param version the version of the record; 0 if there is none
 * @param created when the session was created, or got its id by {@code regenerateId}
 * @param expires when it expires without another commit
 * @param document the content
 * @param successor the key under which an ended session goes on; {@code null} if there is
 * none
 * @param absence why there is no session; {@code null} for a live one
 */
record Found(State state, long version, Instant created, Instant expires, SessionDocument document,
		@Nullable String successor, @Nullable SessionAbsence absence) {

	static Found live(long version, Instant created, Instant expires, SessionDocument document) {
		return new Found(State.LIVE, version, created, expires, document, null, null);
	}

	/** Returns the result that there is no session at this moment. */
	static Found nothing(State state, SessionAbsence absence, Instant now, Instant expires) {
		return new Found(state, 0, now, expires, new SessionDocument(), null, absence);
	}

	/** Returns the result for a session that was ended or got another id. */
	static Found ended(Instant now, Instant expires, @Nullable String successor) {
		return new Found(State.ENDED, 0, now, expires, new SessionDocument(), successor, SessionAbsence.ENDED);
	}

	boolean isLive() {
		return this.state == State.LIVE;
	}

	enum State {

		/** There is nothing. A new session may start. */
		NEW,

		/** A live session. */
		LIVE,

		/** There is a record, but it cannot be read. A new session may start. */
		UNREADABLE,

		/**
		 * The session was ended a moment ago. No cookie is sent, except for a new login.
		 */
		ENDED,

		/**
		 * The store could not be reached, and requests go on without a session. Nothing
		 * is saved.
		 */
		UNKNOWN

	}

}
