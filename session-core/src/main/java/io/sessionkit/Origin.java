package io.sessionkit;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Where a session comes from: the cookie that came with the request, and what was found
 * behind it, which is read at the first use.
 */
final class Origin {

	private final @Nullable CookieId cookie;

	private final @Nullable Found told;

	private final Supplier<Found> reader;

	private @Nullable Found found;

	private @Nullable SessionStorageException failure;

	private boolean reading;

	Origin(@Nullable CookieId cookie, Supplier<Found> reader) {
		this(cookie, null, reader);
	}

	/**
	 * A session that is in the cookie.
	 * @param told what the cookie says, before a store was asked whether that counts
	 */
	Origin(@Nullable CookieId cookie, @Nullable Found told, Supplier<Found> reader) {
		this.cookie = cookie;
		this.told = told;
		this.reader = reader;
	}

	static Origin of(@Nullable CookieId cookie, Found found) {
		Origin origin = new Origin(cookie, found, () -> found);
		origin.found = found;
		return origin;
	}

	/**
	 * What the authentic cookie of the request says; {@code null} if there was none.
	 */
	@Nullable CookieId cookie() {
		return this.cookie;
	}

	/** The cookie of a live session, which always has one. */
	CookieId liveCookie() {
		return Objects.requireNonNull(this.cookie);
	}

	/** What the cookie of a session says that is in the cookie, read or not. */
	Found told() {
		return Objects.requireNonNull(this.told);
	}

	boolean isRead() {
		return this.found != null;
	}

	/**
	 * What was found; read once, also where reading fails.
	 * @throws SessionStorageException if the store failed
	 * @throws IllegalStateException if it is asked while it reads
	 */
	Found found() {
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.reading) {
			throw new IllegalStateException(
					"The session is just being read, of which a listener hears; it cannot use the session yet");
		}
		if (this.found == null) {
			this.reading = true;
			try {
				this.found = this.reader.get();
			}
			catch (SessionStorageException ex) {
				this.failure = ex;
				throw ex;
			}
			finally {
				this.reading = false;
			}
		}
		return this.found;
	}

	/**
	 * An authentic cookie.
	 *
	 * @param id the session id
	 * @param issued when the cookie was made
	 * @param olderSecret whether it was made with a secret that only reads by now
	 */
	record CookieId(String id, Instant issued, boolean olderSecret) {

		@Override
		public String toString() {
			return "CookieId[issued=" + this.issued + "]";
		}

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

	/**
	 * What was found behind the cookie.
	 *
	 * @param state what it is
	 * @param version of the record; 0 if there is none
	 * @param created when this session, or its last {@code regenerateId}, was
	 * @param expires when it ends without another commit
	 * @param document its content
	 * @param index the index key under which the record can be found; {@code null} for
	 * none
	 */
	record Found(State state, long version, Instant created, Instant expires, SessionDocument document,
			@Nullable String index) {

		/** Nothing there, at this moment. */
		static Found nothing(State state, Instant now, Instant expires) {
			return new Found(state, 0, now, expires, new SessionDocument(), null);
		}

		boolean isLive() {
			return this.state == State.LIVE;
		}

	}

}
