package io.sessionkit;

/**
 * Why a request has no session: what a login page says, for instance "your session has
 * expired".
 */
public enum SessionAbsence {

	/**
	 * It brought no cookie: a first visit, one after a logout, or the browser has dropped
	 * the cookie, whose {@code Max-Age} is over or which it kept until it was closed.
	 */
	ABSENT,

	/**
	 * The cookie is authentic, and the time of its session is over. Of a session in a
	 * cookie the cookie says so. Of one in a store the record does, or there is none any
	 * more: a store removes records that are over, and a full one others too. An end of
	 * more than some minutes ago looks the same there, and so does one by
	 * {@link SubjectSessions}, which leaves no record.
	 */
	EXPIRED,

	/**
	 * The session was ended: a logout, or a new id. A store knows for some minutes; where
	 * sessions are in cookies this node knows of the ends that it made, and with a
	 * {@link Revocation} of those of all nodes, {@link SubjectSessions} included.
	 */
	ENDED,

	/**
	 * A cookie came and does not count: it was changed or made by somebody else, its
	 * secret is not configured any more, it is damaged, or it came with that of another
	 * session.
	 */
	REJECTED,

	/**
	 * The store could not be asked, and requests go on without a session, see
	 * {@link SessionStorage.Builder#anonymousOnFailure}.
	 */
	UNAVAILABLE

}
