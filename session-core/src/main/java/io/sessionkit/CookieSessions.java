package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessionkit.BroughtCookies.Brought;
import io.sessionkit.EndedSessions.Successor;
import io.sessionkit.Found.State;
import io.sessionkit.cookie.CookieRejection;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose content is in the cookie.
 */
final class CookieSessions implements Sessions {

	private final StorageCookie cookie;

	private final ContentRules rules;

	private final SessionWire wire;

	private final EndedSessions ended = new EndedSessions();

	private final @Nullable Revocations revocations;

	private final boolean anonymousOnFailure;

	private final WrittenCookies written = new WrittenCookies();

	private final FailedRenewals failedRenewals;

	private final AtomicBoolean warnedOfRoom = new AtomicBoolean();

	CookieSessions(StorageCookie cookie, ContentRules rules, @Nullable Revocation revocation,
			boolean anonymousOnFailure) {
		this.cookie = cookie;
		this.rules = rules;
		this.wire = rules.wire();
		this.revocations = (revocation != null) ? new Revocations(revocation, cookie) : null;
		this.anonymousOnFailure = anonymousOnFailure;
		this.failedRenewals = new FailedRenewals(cookie::now);
	}

	@Override
	public @Nullable Revocations revocations() {
		return this.revocations;
	}

	@Override
	public SessionState open(List<String> cookieValues) {
		BroughtCookies brought = this.wire.holders(this.cookie, cookieValues);
		Map<CookieId, Found> held = new HashMap<>(2);
		Instant now = this.cookie.now();
		for (Brought each : brought.sessions()) {
			held.put(each.id(), found(each.id(), each.payload(), now));
		}
		Origin origin = new Origin(brought, held, (id) -> behind(id, held, brought));
		if (this.revocations == null || held.values().stream().noneMatch(Found::isLive)) {
			origin.found(); // nobody is asked for it
		}
		return new SessionState(this.rules, origin);
	}

	private Found behind(@Nullable CookieId id, Map<CookieId, Found> held, BroughtCookies brought) {
		Found found = (id != null) ? held.get(id) : null;
		if (id == null || found == null) {
			return nothing(State.NEW, this.cookie.whyNone(brought), this.cookie.now());
		}
		return (this.revocations != null && found.isLive()) ? unlessRevoked(this.revocations, id, found) : found;
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
			return nothing(State.UNKNOWN, SessionAbsence.UNAVAILABLE, this.cookie.now());
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
		if (this.wire.isNewer(payload)) {
			this.cookie.rejected(CookieRejection.UNKNOWN_VERSION, "has flags of a newer version");
			return nothing(State.NEW, SessionAbsence.REJECTED, now);
		}
		Instant created = this.wire.created(payload, now);
		Instant expires = this.wire.expires(payload, now.plus(this.cookie.lifetimes().idle()));
		if (this.cookie.lifetimes().hasExpired(created, expires, now)) {
			this.cookie.rejected(CookieRejection.EXPIRED, "has expired");
			return nothing(State.NEW, SessionAbsence.EXPIRED, now);
		}
		Instant end = this.ended.endOf(id.id());
		if (end != null) {
			this.cookie.rejected(CookieRejection.ENDED, "is of a session that was ended");
			return ended(end, now);
		}
		SessionDocument document = this.wire.document(payload);
		if (document == null) {
			this.cookie.rejected(CookieRejection.UNREADABLE, "holds no session document");
			return nothing(State.NEW, SessionAbsence.REJECTED, now);
		}
		return Found.live(0, created, expires, document);
	}

	private Found ended(Instant end, Instant now) {
		return nothing(now.isBefore(end.plus(Lifetimes.IN_FLIGHT)) ? State.ENDED : State.NEW, SessionAbsence.ENDED,
				now);
	}

	private Found nothing(State state, SessionAbsence absence, Instant now) {
		return Found.nothing(state, absence, now, now.plus(this.cookie.lifetimes().idle()));
	}

	@Override
	public @Nullable Committed commit(SessionState session, CommitOptions options, boolean always) {
		Origin origin = session.origin();
		if (session.isDestroyed()) {
			origin.cookies().forEach((id) -> logout(id, origin.told(id), origin.behind(id)));
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
		boolean stays = live && !session.isRegenerated();
		String sid = stays ? origin.liveCookie().id() : this.wire.newHolderId();
		Committed committed;
		try {
			committed = seal(session, sid, stays ? origin.found().created() : this.cookie.now(), options);
		}
		catch (SessionTooLargeException | SessionSerializationException ex) {
			if (always || !stays || !session.changes().isEmpty()) {
				throw ex;
			}
			this.failedRenewals.addOne(ex);
			return null;
		}
		boolean leaves = live && session.isRegenerated() && session.isOldDeleted();
		if (leaves && !leave(origin.liveCookie(), origin.told(origin.liveCookie()), successor(sid, session))) {
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

	private Successor successor(String sid, SessionState session) {
		boolean hasSubject = session.document().subject() != null;
		Duration life = (this.revocations != null)
				? this.revocations.lifeOf(Found.live(0, session.created(), session.expires(), session.document()))
				: Duration.ZERO;
		return new Successor(sid, hasSubject, life);
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
		boolean changed = always || session.isRegenerated() || !session.changes().isEmpty();
		boolean renewed = session.isRenewing() && this.cookie.lifetimes()
			.isRenewalDue(found.document(), found.created(), found.expires(), this.cookie.now());
		boolean due = changed || ((renewed || id.olderSecret()) && !this.written.isOutdated(id.id(), id.issued()));
		try {
			if (due && (hasEnded(id, found, session.document()) || escapes(session))) {
				this.cookie.listener().gone();
				return false;
			}
			return due;
		}
		catch (SessionStorageException ex) {
			if (changed) {
				throw ex;
			}
			this.failedRenewals.add(ex);
			return false;
		}
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
	private void logout(CookieId id, Found told, @Nullable Found found) {
		boolean mayLive = found == null || found.isLive() || found.state() == State.UNKNOWN;
		try {
			boolean ended = mayLive && leave(id, told, null);
			boolean left = mayLive || (found != null && found.state() == State.ENDED);
			if (ended || (left && endSuccessor(id.id()))) {
				this.cookie.listener().destroyed();
			}
		}
		catch (SessionStorageException ex) {
			Warnings.storeFailed("A session was ended in the browser and on this node, but copies of its cookie "
					+ "live on other nodes until they expire", ex);
			if (remember(id, told, null)) {
				this.cookie.listener().destroyed();
			}
		}
	}

	/**
	 * Ends what a session has become that was left for another id, here or elsewhere.
	 * @return {@code false} if there is nothing that lives
	 */
	private boolean endSuccessor(String left) {
		Instant now = this.cookie.now();
		Instant until = now.plus(this.cookie.lifetimes().absolute());
		String sid = left;
		Successor successor = this.ended.successorOf(sid, now);
		while (successor != null) {
			sid = successor.id();
			boolean first = this.ended.add(sid, successor.hasSubject(), now, until, null);
			if (first && (this.revocations == null || this.revocations.end(sid, successor.life(), null))) {
				return true;
			}
			successor = this.ended.successorOf(sid, now);
		}
		return this.revocations != null && this.revocations.endSuccessor(sid);
	}

	/**
	 * Ends the session of the cookie, on all nodes where that is asked for.
	 * @param successor the id for which it is left; {@code null} for none
	 * @return {@code false} if it had been ended already
	 */
	private boolean leave(CookieId id, Found told, @Nullable Successor successor) {
		if (this.revocations == null || this.ended.endOf(id.id()) != null) {
			return remember(id, told, successor);
		}
		try {
			boolean first = this.revocations.end(id.id(), this.revocations.lifeOf(told), successor);
			remember(id, told, first ? successor : null);
			return first;
		}
		catch (SessionStorageException ex) {
			if (!this.revocations.isOpen()) {
				throw ex;
			}
			Warnings.storeFailed("A session was ended on this node alone", ex);
			return remember(id, told, successor);
		}
	}

	/**
	 * Remembers the session as ended for as long as any copy of it can be valid, also one
	 * that another request gave a longer life.
	 * @return {@code false} if it had been ended already
	 */
	private boolean remember(CookieId id, Found told, @Nullable Successor successor) {
		if (id.id().isEmpty()) {
			return true; // a copy looks like anybody else's session
		}
		return this.ended.add(id.id(), told.document().subject() != null, this.cookie.now(),
				told.created().plus(this.cookie.lifetimes().absolute()), successor);
	}

	private Committed seal(SessionState session, String sid, Instant created, CommitOptions options) {
		SessionDocument document = session.document();
		if (this.revocations != null && document.subject() != null) {
			document = document.copy();
			document.since(this.revocations.since(document, document.subject(), session.origin().found()));
		}
		Instant now = this.cookie.now();
		Found found = session.origin().found();
		boolean keepsEnd = found.isLive() && !session.isRegenerated() && session.keepsEnd(options);
		Instant expires = keepsEnd ? found.expires() : this.cookie.lifetimes().expires(document, created, now, options);
		SessionDocument smaller = document;
		while (true) {
			byte[] payload = this.wire.holder(sid, created, now, expires, smaller);
			Committed committed = this.cookie.seal(payload, smaller, created, expires, options);
			int size = committed.header().length(); // all of it is ASCII
			if (size <= SessionCookie.MAX_BYTES) {
				if (!sid.isEmpty() && found.isLive() && !session.changes().isEmpty()) {
					this.written.add(sid, now);
				}
				session.committedAs(sid, created, expires);
				return committed;
			}
			smaller = (smaller == document) ? document.copy() : smaller;
			String dropped = smaller.attributes().makeRoom();
			if (dropped == null) {
				throw new SessionTooLargeException(false, size, SessionCookie.MAX_BYTES, document.bytesPerKey());
			}
			if (this.warnedOfRoom.compareAndSet(false, true)) {
				Warnings.dropped(dropped, size, SessionCookie.MAX_BYTES);
			}
		}
	}

}
