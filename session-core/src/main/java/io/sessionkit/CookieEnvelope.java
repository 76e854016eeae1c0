package io.sessionkit;

import java.time.Instant;
import java.util.List;

import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * What a cookie that holds a session carries beside the document.
 */
sealed interface CookieEnvelope permits SealedEnvelope, PeerEnvelope {

	/** The most JSON that can fit into the cookie. */
	int limit(SessionCookie cookie);

	/** Those that authenticate; an id is empty where they have none. */
	BroughtCookies pick(StorageCookie cookie, List<String> values);

	/** Whether a version to come made it. */
	boolean isNewer(byte[] payload);

	/** When the session was created; {@code null} where that is not told. */
	@Nullable Instant created(byte[] payload);

	/** When the session ends; {@code null} where that is not told. */
	@Nullable Instant expires(byte[] payload);

	/** The content; {@code null} if it is none. */
	@Nullable SessionDocument document(byte[] payload);

	/** An id for a new session, empty where there is no room for one. */
	String newId();

	byte[] payload(String id, Instant created, Instant issued, Instant expires, SessionDocument document);

}
