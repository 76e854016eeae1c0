package io.sessionkit;

/**
 * Why a request has no session, for example for a login page that says "your session has
 * expired".
 */
public enum SessionAbsence {

	/**
	 * The request had no cookie. This is a first visit, a request after a logout, or one
	 * after the browser dropped the cookie, because its {@code Max-Age} was over or the
	 * browser was closed.
	 */
	ABSENT,

	/**
	 * The cookie is authentic, but its session has expired. If the session is in the
	 * cookie, the cookie says so. If it is in a store, its record has expired or is gone.
	 * A store removes expired records, and a full store may remove others. A session that
	 * was ended more than a few minutes ago looks the same there, and so does one that
	 * {@link SubjectSessions} ended, which leaves no record.
	 */
	EXPIRED,

	/**
	 * The session was ended by a logout or a new id. A store knows this for a few
	 * minutes. If sessions are in cookies, an instance knows which sessions it has ended
	 * itself, and with a {@link Revocation} also those that others have ended, including
	 * {@link SubjectSessions}.
	 */
	ENDED,

	/**
	 * The request had a cookie that was rejected. It was changed or forged, its secret is
	 * not configured any more, it is damaged, or it came together with the cookie of
	 * another session.
	 */
	REJECTED,

	/**
	 * The store could not be reached, and requests go on without a session, see
	 * {@link SessionStorage.Builder#anonymousOnFailure}.
	 */
	UNAVAILABLE

}
