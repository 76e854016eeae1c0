package io.sessionkit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.sessionkit.Origin.CookieId;
import io.sessionkit.Origin.Found;
import io.sessionkit.Origin.State;
import io.sessionkit.cookie.OpenedCookie;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose content is in the cookie. The payload is
 * {@code flags[1] sid[16] created[5] issued[5] expires[5] document}, padded with spaces
 * to a multiple of 32 bytes.
 */
final class CookieSessions implements Sessions {

	private static final int SID = 1;

	private static final int CREATED = SID + SessionIds.COOKIE_ID;

	private static final int ISSUED = CREATED + EpochSeconds.BYTES;

	private static final int EXPIRES = ISSUED + EpochSeconds.BYTES;

	private static final int HEADER = EXPIRES + EpochSeconds.BYTES;

	private static final int BLOCK = 32;

	private final StorageCookie cookie;

	private final SessionFormat format;

	private final EndedSessions ended = new EndedSessions();

	CookieSessions(StorageCookie cookie, SessionFormat format) {
		this.cookie = cookie;
		this.format = format;
	}

	/**
	 * The most JSON that can fit, for a refusal as early as possible; the cookie itself
	 * has the last word.
	 */
	static int limit(SessionCookie cookie) {
		return (SessionCookie.MAX_BYTES - cookie.header("").length()) * 3 / 4 - HEADER;
	}

	@Override
	public SessionState open(List<String> cookieValues) {
		return new SessionState(this.format, origin(this.cookie.latest(cookieValues, ISSUED, HEADER)));
	}

	private Origin origin(@Nullable OpenedCookie opened) {
		Instant now = this.cookie.now();
		if (opened == null) {
			return Origin.of(null, nothing(State.NEW, now));
		}
		byte[] payload = opened.payload();
		CookieId id = new CookieId(SessionIds.text(Arrays.copyOfRange(payload, SID, CREATED)),
				EpochSeconds.get(payload, ISSUED), opened.olderSecret());
		return Origin.of(id, found(id, payload, now));
	}

	private Found found(CookieId id, byte[] payload, Instant now) {
		Instant created = EpochSeconds.get(payload, CREATED);
		Instant expires = EpochSeconds.get(payload, EXPIRES);
		if (payload[0] != 0) {
			this.cookie.rejected("has flags of a newer version");
			return nothing(State.NEW, now);
		}
		if (this.cookie.lifetimes().hasExpired(created, expires, now)) {
			this.cookie.rejected("has expired");
			return nothing(State.NEW, now);
		}
		Instant end = this.ended.endOf(id.id());
		if (end != null) {
			this.cookie.rejected("is of a session that was ended");
			return nothing(now.isBefore(end.plus(Lifetimes.IN_FLIGHT)) ? State.ENDED : State.NEW, now);
		}
		SessionDocument document = SessionDocument.parse(payload, HEADER, payload.length - HEADER);
		if (document == null) {
			this.cookie.rejected("holds no session document");
			return nothing(State.NEW, now);
		}
		return new Found(State.LIVE, 0, created, expires, document);
	}

	private Found nothing(State state, Instant now) {
		return Found.nothing(state, now, now.plus(this.cookie.lifetimes().idle()));
	}

	@Override
	public @Nullable Committed commit(SessionState session, CommitOptions options, boolean always) {
		Origin origin = session.origin();
		boolean live = origin.found().isLive();
		if (session.isDestroyed()) {
			if (live) {
				end(origin);
			}
			return this.cookie.deletion();
		}
		session.captureChanges();
		if (!(live ? isDue(session, always) : isWorthwhile(session, always))) {
			return null;
		}
		Committed committed;
		if (live && !session.isRegenerated()) {
			committed = seal(session, origin.liveCookie().id(), origin.found().created(), options);
		}
		else {
			committed = seal(session, SessionIds.text(SessionIds.random(SessionIds.COOKIE_ID)), this.cookie.now(),
					options);
		}
		boolean leaves = live && session.isRegenerated() && session.isOldDeleted();
		return (!leaves || end(origin)) ? committed : null;
	}

	private static boolean isWorthwhile(SessionState session, boolean always) {
		if (session.origin().found().state() == State.ENDED && !session.isRegenerated()) {
			return false;
		}
		return always || (!session.changes().isEmpty() && !session.document().isEmpty());
	}

	private boolean isDue(SessionState session, boolean always) {
		CookieId id = session.origin().liveCookie();
		if (this.ended.endOf(id.id()) != null) {
			return false;
		}
		Found found = session.origin().found();
		return always || session.isRegenerated() || id.olderSecret() || !session.changes().isEmpty()
				|| this.cookie.lifetimes()
					.isRenewalDue(found.document(), found.created(), found.expires(), this.cookie.now());
	}

	/**
	 * Remembers the session as ended for as long as any copy of it can be valid, also one
	 * that another request gave a longer life.
	 * @return {@code false} if it had been ended already
	 */
	private boolean end(Origin origin) {
		Instant end = origin.found().created().plus(this.cookie.lifetimes().absolute());
		return this.ended.add(origin.liveCookie().id(), this.cookie.now(), end);
	}

	private Committed seal(SessionState session, String sid, Instant created, CommitOptions options) {
		SessionDocument document = session.document();
		Instant now = this.cookie.now();
		Instant expires = this.cookie.lifetimes().expires(document, created, now, options);
		byte[] payload = payload(sid, created, now, expires, document.toBytes());
		Committed committed = this.cookie.seal(payload, document, created, expires, options);
		int size = committed.header().length(); // all of it is ASCII
		if (size > SessionCookie.MAX_BYTES) {
			throw new SessionTooLargeException(this.format.what(), size, SessionCookie.MAX_BYTES,
					document.bytesPerKey());
		}
		session.committedAs(sid, created, expires);
		return committed;
	}

	private static byte[] payload(String sid, Instant created, Instant issued, Instant expires, byte[] json) {
		int length = (HEADER + json.length + BLOCK - 1) / BLOCK * BLOCK;
		byte[] payload = new byte[length];
		System.arraycopy(SessionIds.bytes(sid), 0, payload, SID, SessionIds.COOKIE_ID);
		EpochSeconds.put(payload, CREATED, created);
		EpochSeconds.put(payload, ISSUED, issued);
		EpochSeconds.put(payload, EXPIRES, expires);
		System.arraycopy(json, 0, payload, HEADER, json.length);
		Arrays.fill(payload, HEADER + json.length, length, (byte) ' ');
		return payload;
	}

}
