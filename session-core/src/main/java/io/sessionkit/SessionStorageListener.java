package io.sessionkit;

import java.time.Duration;
import java.util.List;

import io.sessionkit.SubjectSessions;
import io.sessionkit.cookie.CookieRejection;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to the sessions of a {@link SessionStorage}, to count it or to pass
 * it on; {@link SessionStorage.Builder#listener} adds it. It learns no id, key of a
 * record, name or value.
 *
 * <p>
 * Called by the thread of the request, while it waits, and by many at once;
 * {@link #expired} by whoever cleans up. What a method throws is logged, once, and
 * changes nothing; an {@link Error} other than a {@link LinkageError} ends the request.
 */
public interface SessionStorageListener {

	/**
	 * The storage was built.
	 * @param keyIds the ids of the keys that were derived from the cookie's secrets, 8
	 * hexadecimal digits each, in the order of the secrets: the first writes. Empty where
	 * the cookie is unsigned
	 */
	default void keysConfigured(List<String> keyIds) {
	}

	/**
	 * A request brought an authentic cookie, whose session may have ended all the same.
	 * @param keyId the id of the key that opened it; empty where the cookie is unsigned
	 * @param position the position of its secret, 0 being the one that writes
	 */
	default void cookieOpened(String keyId, int position) {
	}

	/** A cookie does not count; its session is just being opened and cannot be used. */
	default void rejected(CookieRejection reason) {
	}

	/**
	 * A session was committed that was not there before.
	 * @param session which, and whose
	 */
	default void created(SessionIdentity session) {
	}

	/**
	 * A session that was there got a new id; with {@code regenerateId(false)} there are
	 * two of it from now on.
	 * @param session which it is now, and whose
	 * @param formerHandle the handle that it had until now
	 */
	default void idRegenerated(SessionIdentity session, String formerHandle) {
	}

	/**
	 * A session was ended by {@link Session#destroy()} or, where sessions are records, by
	 * {@link SubjectSessions} or because its subject had too many; not by expiry.
	 * @param session which, and whose it was
	 */
	default void destroyed(SessionIdentity session) {
	}

	/**
	 * A session has expired, and the clean-up of the store has removed its record: some
	 * minutes after its end at the earliest, once over all nodes, and at most once where
	 * one crashes meanwhile. A session that was ended or got another id is not told of
	 * under the old one.
	 *
	 * <p>
	 * Told where the strategy cleans up itself and says so by
	 * {@link SessionIdStorageStrategy#onExpired}: in memory, by the thread of a later
	 * write; in files and by SQL, by the thread of the clean-up of one node. Stores that
	 * expire records by themselves, and sessions in cookies, tell nothing.
	 * @param session which, and whose it was; the handle is that of the former events if
	 * the secrets have not changed since
	 */
	default void expired(SessionIdentity session) {
	}

	/**
	 * A commit wrote something.
	 * @param time how long it took, store included
	 * @param cookieBytes the length of the {@code Set-Cookie} header; 0 if the browser
	 * keeps the cookie it has
	 */
	default void committed(Duration time, int cookieBytes) {
	}

	/** A commit met a concurrent one, and tries again on what that has left. */
	default void conflict() {
	}

	/** A commit was dropped, because its session was ended meanwhile. */
	default void gone() {
	}

	/** A stored value does not fit the type it was asked for, and reads as absent. */
	default void valueUnreadable() {
	}

	/**
	 * A strategy is about to be called, for what has to surround that, such as a span of
	 * a trace.
	 * @param call which method
	 * @return hears when it has returned, on the same thread; {@code null} for nobody
	 */
	default @Nullable StoreCallEnd storeCalling(StoreCall call) {
		return null;
	}

	/**
	 * A strategy was called.
	 * @param call which method
	 * @param outcome what came of it
	 * @param time how long it took
	 */
	default void storeCalled(StoreCall call, StoreOutcome outcome, Duration time) {
	}

	/** Hears of the end of one call. */
	@FunctionalInterface
	interface StoreCallEnd {

		/**
		 * The call has returned.
		 * @param outcome what came of it
		 * @param failure what it threw; {@code null} if the outcome is another than
		 * {@link StoreOutcome#FAILED}
		 */
		void ended(StoreOutcome outcome, @Nullable RuntimeException failure);

	}

	/** The methods of a {@link SessionIdStorageStrategy}, then the optional ones. */
	enum StoreCall {

		/** {@link SessionIdStorageStrategy#createData}. */
		CREATE,

		/** {@link SessionIdStorageStrategy#readData}. */
		READ,

		/** {@link SessionIdStorageStrategy#updateData}. */
		UPDATE,

		/** {@link SessionIdStorageStrategy#deleteData}. */
		DELETE,

		/** {@link SessionIdStorageStrategy#moveData}, in one call or in steps. */
		MOVE,

		/** {@link SessionIdStorageStrategy#readAll}, in one call or one by one. */
		READ_ALL

	}

	/** What came of a call. */
	enum StoreOutcome {

		/** It was done. */
		DONE,

		/** Nothing was created, since the key is taken. */
		TAKEN,

		/** Nothing was found. */
		ABSENT,

		/** Nothing was updated, since another version is there. */
		CONFLICT,

		/** Nothing was updated, since nothing is there. */
		GONE,

		/** The store failed. */
		FAILED

	}

}
