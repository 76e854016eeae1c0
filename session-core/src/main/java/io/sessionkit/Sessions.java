package io.sessionkit;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * From cookie values to a session and back, in one of the two ways: the content in the
 * cookie, or in a record that the cookie names.
 */
sealed interface Sessions permits CookieSessions, RecordSessions {

	/**
	 * The session behind the cookies; an anonymous one where none counts.
	 */
	SessionState open(List<String> cookieValues);

	/**
	 * Brings what the request did where it is kept.
	 * @param always whether to write also where nothing has changed
	 * @return the cookie to send; {@code null} if there is none to send
	 */
	@Nullable Committed commit(SessionState session, CommitOptions options, boolean always);

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
