package io.sessionkit;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where sessions are, in one of two ways: the content in the cookie, or in a record that
 * the cookie names. It carries out what the {@link SessionEngine} has decided. Each
 * method may throw a {@link SessionStorageException}; those that write give {@code null}
 * where the session was ended meanwhile, or there is no cookie to send.
 */
sealed interface Sessions permits CookieSessions, RecordSessions {

	/** The cookies of the name that are authentic. */
	BroughtCookies read(List<String> cookieValues);

	/**
	 * What the cookies say of their sessions by themselves; empty where they name one.
	 */
	Map<CookieId, Found> told(BroughtCookies brought);

	/** Whether a store has to be asked for what is behind them. */
	boolean asksStore(BroughtCookies brought, Map<CookieId, Found> told);

	/**
	 * What is behind a cookie.
	 * @param told what it says by itself; {@code null} if that is nothing
	 */
	Found find(CookieId id, @Nullable Found told);

	Committed create(Session session, CommitOptions options);

	@Nullable Committed changeId(Session session, CommitOptions options);

	/**
	 * Writes what has changed.
	 * @param always whether to send a cookie also where the browser's will do
	 */
	@Nullable Committed write(Session session, CommitOptions options, boolean always);

	/**
	 * Writes down that a session was used, or moves its cookie to the newest secret.
	 * @param prolong whether the session is to live longer
	 */
	@Nullable Committed renew(Session session, boolean prolong);

	/**
	 * Ends the session of a cookie, whatever the store says, and tells of what was there
	 * to be ended.
	 */
	void end(CookieId id, Origin origin);

	/**
	 * The ends of cookie-held sessions; {@code null} where no other node hears of them.
	 */
	default @Nullable Revocations revocations() {
		return null;
	}

	/** The records by subject; {@code null} where there are no records. */
	default @Nullable SubjectRecords subjects() {
		return null;
	}

}
