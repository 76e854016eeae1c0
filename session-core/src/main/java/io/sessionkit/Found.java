package io.sessionkit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What was found behind the cookie.
 *
 * @param state what it is
 * @param version of the record; 0 if there is none
 * @param created when this session, or its last {@code regenerateId}, was
 * @param expires when it ends without another commit
 * @param document its content
 * @param successor the key under which an ended one goes on; {@code null} for none
 * @param absence why there is nothing; {@code null} for a live one
 */
record Found(State state, long version, Instant created, Instant expires, SessionDocument document,
		@Nullable String successor, @Nullable SessionAbsence absence) {

	static Found live(long version, Instant created, Instant expires, SessionDocument document) {
		return new Found(State.LIVE, version, created, expires, document, null, null);
	}

	/** Nothing there, at this moment. */
	static Found nothing(State state, SessionAbsence absence, Instant now, Instant expires) {
		return new Found(state, 0, now, expires, new SessionDocument(), null, absence);
	}

	/** A session that was ended, or left for another key. */
	static Found ended(Instant now, Instant expires, @Nullable String successor) {
		return new Found(State.ENDED, 0, now, expires, new SessionDocument(), successor, SessionAbsence.ENDED);
	}

	boolean isLive() {
		return this.state == State.LIVE;
	}

	enum State {

		/** Nothing is there: a new session may start. */
		NEW,

		/** A live session. */
		LIVE,

		/**
		 * There is a record, and it is none of ours any more: a new session may start.
		 */
		UNREADABLE,

		/** The session was ended a moment ago: no cookie is sent, but to a new login. */
		ENDED,

		/** The store could not be asked and the policy is to go on: nothing is kept. */
		UNKNOWN

	}

}
