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
 * @param index the index key under which the record can be found; {@code null} for none
 * @param successor the key under which an ended one goes on; {@code null} for none
 * @param absence why there is nothing; {@code null} for a live one
 */
record Found(State state, long version, Instant created, Instant expires, SessionDocument document,
		@Nullable String index, @Nullable String successor, @Nullable SessionAbsence absence) {

	static Found live(long version, Instant created, Instant expires, SessionDocument document,
			@Nullable String index) {
		return new Found(State.LIVE, version, created, expires, document, index, null, null);
	}

	/** Nothing there, at this moment. */
	static Found nothing(State state, SessionAbsence absence, Instant now, Instant expires) {
		return new Found(state, 0, now, expires, new SessionDocument(), null, null, absence);
	}

	/** A session that was ended, or left for another key. */
	static Found ended(Instant now, Instant expires, @Nullable String successor) {
		return new Found(State.ENDED, 0, now, expires, new SessionDocument(), null, successor, SessionAbsence.ENDED);
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
