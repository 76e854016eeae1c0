package io.sessionkit;

import java.time.Duration;
import java.util.List;

import io.sessionkit.SubjectSessions;
import io.sessionkit.cookie.CookieRejection;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what happens to the sessions of a {@link SessionStorage}, for example to
 * count it. Add it by {@link SessionStorage.Builder#listener}. It receives no id, no key
 * of a record, and no name or value from the content.
 *
 * <p>
 * The methods are called concurrently, by the threads of the requests, which wait for
 * them. Only {@link #expired} is called by the thread that removes expired records. An
 * exception of a listener is logged once and has no other effect, but an {@link Error}
 * other than a {@link LinkageError} ends the request.
 */
public interface SessionStorageListener {

	/**
	 * Called when the storage is built.
	 * @param keyIds the ids of the keys that are derived from the secrets of the cookie,
	 * 8 hexadecimal digits each, in the order of the secrets, of which the first writes;
	 * empty if the cookie is unsigned
	 */
	default void keysConfigured(List<String> keyIds) {
	}

	/**
	 * Called when a request has an authentic cookie, even if its session has ended.
	 * @param keyId the id of the key that was used; empty if the cookie is unsigned
	 * @param position the index of its secret, where 0 is the secret that writes
	 */
	default void cookieOpened(String keyId, int position) {
	}

	/**
	 * Called when a cookie is rejected. The session of the request is just being read and
	 * cannot be used yet.
	 * @param reason why it was rejected
	 */
	default void rejected(CookieRejection reason) {
	}

	/**
	 * Called when a new session was saved.
	 * @param session the session
	 */
	default void created(SessionIdentity session) {
	}

	/**
	 * Called when a session got a new id. After {@code regenerateId(false)} there are two
	 * sessions.
	 * @param session the session with its new handle
	 * @param formerHandle the handle that it had before
	 */
	default void idRegenerated(SessionIdentity session, String formerHandle) {
	}

	/**
	 * Called when a session was ended by {@link Session#destroy()}. With a server-side
	 * store, also called when it was ended by {@link SubjectSessions}, or because its
	 * user had too many sessions. Not called when a session expires.
	 * @param session the session
	 */
	default void destroyed(SessionIdentity session) {
	}

	/**
	 * Called when the record of an expired session was removed from the store. This
	 * happens some minutes after the session expired, or later, and only on one of the
	 * instances. If an instance crashes, the call may be missing. It is not called for a
	 * session that was ended, nor for the former id of a session that got a new one.
	 *
	 * <p>
	 * This requires a strategy that removes expired records itself and reports them to
	 * {@link SessionIdStorageStrategy#onExpired}. In memory the thread of a later write
	 * makes the call, and in files and SQL the background thread of one instance. Stores
	 * that remove expired records by themselves report nothing, and neither do sessions
	 * in cookies.
	 * @param session the session; its handle is the one of the earlier events if the
	 * secrets have not changed since
	 */
	default void expired(SessionIdentity session) {
	}

	/**
	 * Called when a commit has written something.
	 * @param time how long the commit took, including the store
	 * @param cookieBytes the length of the {@code Set-Cookie} header; 0 if none is sent
	 */
	default void committed(Duration time, int cookieBytes) {
	}

	/** Called when a commit met a concurrent change and tries again on top of it. */
	default void conflict() {
	}

	/**
	 * Called when a commit was dropped, because the session had been ended in the
	 * meantime.
	 */
	default void gone() {
	}

	/**
	 * Called when a stored value does not fit the type as which it is read, and is
	 * treated as absent.
	 */
	default void valueUnreadable() {
	}

	/**
	 * Called before a method of the strategy, for anything that has to enclose the call,
	 * such as a tracing span.
	 * @param call the method
	 * @return called when the method has returned, on the same thread; {@code null} for
	 * nothing
	 */
	default @Nullable StoreCallEnd storeCalling(StoreCall call) {
		return null;
	}

	/**
	 * Called after a method of the strategy.
	 * @param call the method
	 * @param outcome the outcome
	 * @param time how long the call took
	 */
	default void storeCalled(StoreCall call, StoreOutcome outcome, Duration time) {
	}

	/** Listens to the end of a call of the strategy. */
	@FunctionalInterface
	interface StoreCallEnd {

		/**
		 * Called when the call has ended.
		 * @param outcome the outcome
		 * @param failure the exception; {@code null} unless the outcome is
		 * {@link StoreOutcome#FAILED}
		 */
		void ended(StoreOutcome outcome, @Nullable RuntimeException failure);

	}

	/** A method of {@link SessionIdStorageStrategy}. */
	enum StoreCall {

		/** {@link SessionIdStorageStrategy#createData}. */
		CREATE,

		/** {@link SessionIdStorageStrategy#readData}. */
		READ,

		/** {@link SessionIdStorageStrategy#updateData}. */
		UPDATE,

		/** {@link SessionIdStorageStrategy#deleteData}. */
		DELETE,

		/**
		 * {@link SessionIdStorageStrategy#moveData}, whether it takes one call of the
		 * store or several.
		 */
		MOVE,

		/**
		 * {@link SessionIdStorageStrategy#readAll}, whether it takes one call of the
		 * store or several.
		 */
		READ_ALL

	}

	/** The outcome of a call. */
	enum StoreOutcome {

		/** The call succeeded. */
		DONE,

		/** Nothing was created, because the key is taken. */
		TAKEN,

		/** Nothing was found. */
		ABSENT,

		/** Nothing was updated, because another version is stored. */
		CONFLICT,

		/** Nothing was updated, because there is no record. */
		GONE,

		/** The store failed. */
		FAILED

	}

}
