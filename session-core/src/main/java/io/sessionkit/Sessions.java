package io.sessionkit;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where sessions are: the content is either in the cookie or in a record that the cookie
 * names. This carries out what the {@link SessionEngine} has decided. Each method may
 * throw a {@link SessionStorageException}. Methods that write return {@code null} if the
 * session was ended in the meantime or there is no cookie to send.
 */
sealed interface Sessions permits CookieSessions, RecordSessions {

	/** Returns the authentic cookies. */
	BroughtCookies read(List<String> cookieValues);

	/**
	 * Returns what the cookies themselves say about their sessions; empty if they only
	 * name them.
	 */
	Map<CookieId, Found> told(BroughtCookies brought);

	/** Returns whether a store has to be asked for the sessions of the cookies. */
	boolean asksStore(BroughtCookies brought, Map<CookieId, Found> told);

	/**
	 * Returns what there is for a cookie.
	 * @param told what the cookie itself says; {@code null} if it only names the session
	 */
	Found find(CookieId id, @Nullable Found told);

	Committed create(Session session, CommitOptions options);

	@Nullable Committed changeId(Session session, CommitOptions options);

	/**
	 * Writes the changes.
	 * @param always whether to send a cookie even if that of the browser is sufficient
	 */
	@Nullable Committed write(Session session, CommitOptions options, boolean always);

	/**
	 * Renews a session, or writes its cookie with the newest secret.
	 * @param prolong whether the session expires later
	 */
	@Nullable Committed renew(Session session, boolean prolong);

	/**
	 * Ends the session of a cookie, whatever the store says, and reports the session that
	 * was ended.
	 */
	void end(CookieId id, Origin origin);

	/**
	 * Returns the shared ends of cookie-held sessions; {@code null} if other instances
	 * are not told of them.
	 */
	default @Nullable Revocations revocations() {
		return null;
	}

	/** Returns the records by principal name; {@code null} if there are no records. */
	default @Nullable SubjectRecords subjects() {
		return null;
	}

}
