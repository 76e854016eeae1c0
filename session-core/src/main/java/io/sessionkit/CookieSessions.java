package io.sessionkit;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessionkit.Origin.CookieId;
import io.sessionkit.Origin.Found;
import io.sessionkit.Origin.State;
import io.sessionkit.cookie.CookieRejection;
import io.sessionkit.cookie.OpenedCookie;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose content is in the cookie.
 */
final class CookieSessions implements Sessions {

	private final StorageCookie cookie;

	private final SessionFormat format;

	private final CookieEnvelope envelope;

	private final EndedSessions ended = new EndedSessions();

	private final @Nullable Revocations revocations;

	private final boolean anonymousOnFailure;

	private final AtomicBoolean warnedOfRoom = new AtomicBoolean();

	CookieSessions(StorageCookie cookie, SessionFormat format, CookieEnvelope envelope, @Nullable Revocation revocation,
			boolean anonymousOnFailure) {
		this.cookie = cookie;
		this.format = format;
		this.envelope = envelope;
		this.revocations = (revocation != null) ? new Revocations(revocation, cookie) : null;
		this.anonymousOnFailure = anonymousOnFailure;
	}

	@Override
	public @Nullable Revocations revocations() {
		return this.revocations;
	}

	@Override
	public SessionState open(List<String> cookieValues) {
		return new SessionState(this.format, origin(this.envelope.pick(this.cookie, cookieValues)));
	}

	private Origin origin(@Nullable OpenedCookie opened) {
		Instant now = this.cookie.now();
		if (opened == null) {
			return Origin.of(null, nothing(State.NEW, now));
		}
		CookieId id = this.envelope.id(opened);
		Found found = found(id, opened.payload(), now);
		return (this.revocations != null && found.isLive())
				? new Origin(id, found, () -> unlessRevoked(this.revocations, id, found)) : Origin.of(id, found);
	}

	private Found unlessRevoked(Revocations revocations, CookieId id, Found found) {
		try {
			Instant end = endOf(revocations, id, found, found.document());
			if (end == null) {
				return found;
			}
			this.cookie.rejected(CookieRejection.ENDED, "is of a session that was ended elsewhere");
			return ended(end, this.cookie.now());
		}
		catch (SessionStorageException ex) {
			if (!this.anonymousOnFailure) {
				throw ex;
			}
			Warnings.storeFailed("The request goes on without its session", ex);
			return nothing(State.UNKNOWN, this.cookie.now());
		}
	}

	/** Of a subject that is another one now, nothing is asked. */
	private static @Nullable Instant endOf(Revocations revocations, CookieId id, Found found,
			SessionDocument document) {
		String subject = found.document().subject();
		return revocations.endOf(id.id(), Objects.equals(subject, document.subject()) ? subject : null,
				Revocations.since(document, found));
	}

	private Found found(CookieId id, byte[] payload, Instant now) {
		if (this.envelope.isNewer(payload)) {
			this.cookie.rejected(CookieRejection.UNKNOWN_VERSION, "has flags of a newer version");
			return nothing(State.NEW, now);
		}
		Instant created = Objects.requireNonNullElse(this.envelope.created(payload), now);
		Instant expires = this.envelope.expires(payload);
		if (expires == null) {
			expires = now.plus(this.cookie.lifetimes().idle());
		}
		if (this.cookie.lifetimes().hasExpired(created, expires, now)) {
			this.cookie.rejected(CookieRejection.EXPIRED, "has expired");
			return nothing(State.NEW, now);
		}
		Instant end = this.ended.endOf(id.id());
		if (end != null) {
			this.cookie.rejected(CookieRejection.ENDED, "is of a session that was ended");
			return ended(end, now);
		}
		SessionDocument document = this.envelope.document(payload);
		if (document == null) {
			this.cookie.rejected(CookieRejection.UNREADABLE, "holds no session document");
			return nothing(State.NEW, now);
		}
		return new Found(State.LIVE, 0, created, expires, document, null);
	}

	private Found ended(Instant end, Instant now) {
		return nothing(now.isBefore(end.plus(Lifetimes.IN_FLIGHT)) ? State.ENDED : State.NEW, now);
	}

	private Found nothing(State state, Instant now) {
		return Found.nothing(state, now, now.plus(this.cookie.lifetimes().idle()));
	}

	@Override
	public @Nullable Committed commit(SessionState session, CommitOptions options, boolean always) {
		Origin origin = session.origin();
		if (session.isDestroyed()) {
			logout(origin);
			return this.cookie.deletion();
		}
		if ((!session.isRead() && !always) || origin.found().state() == State.UNKNOWN) {
			return null;
		}
		boolean live = origin.found().isLive();
		session.captureChanges();
		if (!(live ? isDue(session, always) : isWorthwhile(session, always))) {
			return null;
		}
		Committed committed;
		if (live && !session.isRegenerated()) {
			committed = seal(session, origin.liveCookie().id(), origin.found().created(), options);
		}
		else {
			committed = seal(session, this.envelope.newId(), this.cookie.now(), options);
		}
		boolean leaves = live && session.isRegenerated() && session.isOldDeleted();
		if (leaves && !leave(origin)) {
			this.cookie.listener().gone();
			return null;
		}
		if (!live) {
			this.cookie.listener().created();
		}
		else if (session.isRegenerated()) {
			this.cookie.listener().idRegenerated();
		}
		return committed;
	}

	private static boolean isWorthwhile(SessionState session, boolean always) {
		if (session.origin().found().state() == State.ENDED && !session.isRegenerated()) {
			return false;
		}
		return always || (!session.changes().isEmpty() && !session.document().isEmpty());
	}

	private boolean isDue(SessionState session, boolean always) {
		CookieId id = session.origin().liveCookie();
		Found found = session.origin().found();
		boolean due = always || session.isRegenerated() || id.olderSecret() || !session.changes().isEmpty()
				|| this.cookie.lifetimes()
					.isRenewalDue(found.document(), found.created(), found.expires(), this.cookie.now());
		if (due && (hasEnded(id, found, session.document()) || escapes(session))) {
			this.cookie.listener().gone();
			return false;
		}
		return due;
	}

	/** Under a second id nobody would find it any more; who leaves an id is told. */
	private boolean escapes(SessionState session) {
		return this.revocations != null && session.isRegenerated() && !session.isOldDeleted()
				&& this.revocations.hasEnded(session.origin().liveCookie().id());
	}

	private boolean hasEnded(CookieId id, Found found, SessionDocument document) {
		return this.ended.endOf(id.id()) != null
				|| (this.revocations != null && endOf(this.revocations, id, found, document) != null);
	}

	/**
	 * Logout, whatever the store says: the cookie goes in any case.
	 */
	private void logout(Origin origin) {
		try {
			boolean mayLive = !origin.isRead() || origin.found().isLive() || origin.found().state() == State.UNKNOWN;
			if (mayLive && leave(origin)) {
				this.cookie.listener().destroyed();
			}
		}
		catch (SessionStorageException ex) {
			Warnings.storeFailed("A session was ended in the browser and on this node, but copies of its cookie "
					+ "live on other nodes until they expire", ex);
			if (remember(origin)) {
				this.cookie.listener().destroyed();
			}
		}
	}

	/**
	 * Ends the session of the cookie, on all nodes where that is asked for.
	 * @return {@code false} if it had been ended already
	 */
	private boolean leave(Origin origin) {
		String sid = origin.liveCookie().id();
		if (this.revocations == null || this.ended.endOf(sid) != null) {
			return remember(origin);
		}
		try {
			boolean first = this.revocations.end(sid, origin.told());
			remember(origin);
			return first;
		}
		catch (SessionStorageException ex) {
			if (!this.revocations.isOpen()) {
				throw ex;
			}
			Warnings.storeFailed("A session was ended on this node alone", ex);
			return remember(origin);
		}
	}

	/**
	 * Remembers the session as ended for as long as any copy of it can be valid, also one
	 * that another request gave a longer life.
	 * @return {@code false} if it had been ended already
	 */
	private boolean remember(Origin origin) {
		String id = origin.liveCookie().id();
		if (id.isEmpty()) {
			return true; // a copy looks like anybody else's session
		}
		Found told = origin.told();
		return this.ended.add(id, told.document().subject() != null, this.cookie.now(),
				told.created().plus(this.cookie.lifetimes().absolute()));
	}

	private Committed seal(SessionState session, String sid, Instant created, CommitOptions options) {
		SessionDocument document = session.document();
		if (this.revocations != null && document.subject() != null) {
			document = document.copy();
			document.since(this.revocations.since(document, document.subject(), session.origin().found()));
		}
		Instant now = this.cookie.now();
		Instant expires = this.cookie.lifetimes().expires(document, created, now, options);
		SessionDocument smaller = document;
		while (true) {
			byte[] payload = this.envelope.payload(sid, created, now, expires, smaller);
			Committed committed = this.cookie.seal(payload, smaller, created, expires, options);
			int size = committed.header().length(); // all of it is ASCII
			if (size <= SessionCookie.MAX_BYTES) {
				session.committedAs(sid, created, expires);
				return committed;
			}
			smaller = (smaller == document) ? document.copy() : smaller;
			String dropped = smaller.attributes().makeRoom();
			if (dropped == null) {
				throw new SessionTooLargeException(this.format.what(), size, SessionCookie.MAX_BYTES,
						document.bytesPerKey());
			}
			if (this.warnedOfRoom.compareAndSet(false, true)) {
				Warnings.dropped(dropped, size, SessionCookie.MAX_BYTES);
			}
		}
	}

}
