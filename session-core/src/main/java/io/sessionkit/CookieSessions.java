package io.sessionkit;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessionkit.BroughtCookies.Brought;
import io.sessionkit.Found.State;
import io.sessionkit.cookie.CookieRejection;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/** Sessions whose content is in the cookie. */
final class CookieSessions implements Sessions {

	private final StorageCookie cookie;

	private final ContentRules rules;

	private final SessionFormat format;

	private final Lifetimes lifetimes;

	private final Endings endings;

	private final LifeEvents events;

	private final WrittenCookies written = new WrittenCookies();

	private final AtomicBoolean warnedOfRoom = new AtomicBoolean();

	CookieSessions(StorageCookie cookie, ContentRules rules, Lifetimes lifetimes, Endings endings, LifeEvents events) {
		this.cookie = cookie;
		this.rules = rules;
		this.format = rules.format();
		this.lifetimes = lifetimes;
		this.endings = endings;
		this.events = events;
	}

	@Override
	public @Nullable Revocations revocations() {
		return this.endings.revocations();
	}

	@Override
	public BroughtCookies read(List<String> cookieValues) {
		return this.format.holders(this.cookie, cookieValues);
	}

	@Override
	public Map<CookieId, Found> told(BroughtCookies brought) {
		Map<CookieId, Found> told = new HashMap<>(2);
		Instant now = this.lifetimes.now();
		for (Brought each : brought.sessions()) {
			told.put(each.id(), told(each.id(), each.payload(), now));
		}
		return told;
	}

	private Found told(CookieId id, byte[] payload, Instant now) {
		if (this.format.isNewer(payload)) {
			this.cookie.rejected(CookieRejection.UNKNOWN_VERSION, "has flags of a newer version");
			return this.lifetimes.nothing(State.NEW, SessionAbsence.REJECTED);
		}
		Instant created = this.format.created(payload, now);
		Instant expires = this.format.expires(payload, now.plus(this.lifetimes.idle()));
		if (this.lifetimes.hasExpired(created, expires, now)) {
			this.cookie.rejected(CookieRejection.EXPIRED, "has expired");
			return this.lifetimes.nothing(State.NEW, SessionAbsence.EXPIRED);
		}
		Instant end = this.endings.endHere(id);
		if (end != null) {
			this.cookie.rejected(CookieRejection.ENDED, "is of a session that was ended");
			return ended(end, now);
		}
		SessionDocument document = this.format.document(payload);
		if (document == null) {
			this.cookie.rejected(CookieRejection.UNREADABLE, "contains no session document");
			return this.lifetimes.nothing(State.NEW, SessionAbsence.REJECTED);
		}
		return Found.live(0, created, expires, document);
	}

	private Found ended(Instant end, Instant now) {
		State state = now.isBefore(end.plus(Lifetimes.IN_FLIGHT)) ? State.ENDED : State.NEW;
		return this.lifetimes.nothing(state, SessionAbsence.ENDED);
	}

	@Override
	public boolean asksStore(BroughtCookies brought, Map<CookieId, Found> told) {
		return this.endings.revocations() != null && told.values().stream().anyMatch(Found::isLive);
	}

	@Override
	public Found find(CookieId id, @Nullable Found told) {
		Found found = Objects.requireNonNull(told);
		Instant end = found.isLive() ? this.endings.endElsewhere(id, found, found.document()) : null;
		if (end == null) {
			return found;
		}
		this.cookie.rejected(CookieRejection.ENDED, "is of a session that was ended elsewhere");
		return ended(end, this.lifetimes.now());
	}

	@Override
	public Committed create(Session session, CommitOptions options) {
		return settled(session, seal(session, session.nextId(this.rules), this.lifetimes.now(), options));
	}

	@Override
	public @Nullable Committed changeId(Session session, CommitOptions options) {
		CookieId id = session.origin().liveCookie();
		if (hasEnded(session) || (!session.isOldDeleted() && this.endings.hasEndedByNow(id))) {
			return gone();
		}
		Sealed sealed = seal(session, session.nextId(this.rules), this.lifetimes.now(), options);
		Found successor = Found.live(0, sealed.created(), sealed.expires(), session.document());
		if (session.isOldDeleted() && !this.endings.leave(id, session.origin().told(id), sealed.sid(), successor)) {
			return gone();
		}
		return settled(session, sealed);
	}

	@Override
	public @Nullable Committed write(Session session, CommitOptions options, boolean always) {
		return hasEnded(session) ? gone() : sealAgain(session, options);
	}

	@Override
	public @Nullable Committed renew(Session session, boolean prolong) {
		CookieId id = session.origin().liveCookie();
		if (this.written.isOutdated(id.id(), id.issued())) {
			return null;
		}
		return hasEnded(session) ? gone() : sealAgain(session, CommitOptions.defaults());
	}

	private boolean hasEnded(Session session) {
		CookieId id = session.origin().liveCookie();
		return this.endings.endHere(id) != null
				|| this.endings.endElsewhere(id, session.origin().found(), session.document()) != null;
	}

	private @Nullable Committed gone() {
		this.rules.listener().gone();
		return null;
	}

	@Override
	public void end(CookieId id, Origin origin) {
		Found told = origin.told(id);
		String ended = this.endings.logOut(id, told, origin.behind(id));
		if (ended != null) {
			this.events.destroyed(ended, ended.equals(id.id()) ? told.document().subject() : null);
		}
	}

	private Committed sealAgain(Session session, CommitOptions options) {
		return settled(session,
				seal(session, session.origin().liveCookie().id(), session.origin().found().created(), options));
	}

	private Committed settled(Session session, Sealed sealed) {
		if (!sealed.sid().isEmpty() && session.origin().found().isLive() && !session.changes().isEmpty()) {
			this.written.add(sealed.sid(), this.lifetimes.now());
		}
		session.committedAs(sealed.sid(), sealed.created(), sealed.expires());
		return sealed.cookie();
	}

	private record Sealed(Committed cookie, String sid, Instant created, Instant expires) {

		@Override
		public String toString() {
			return "Sealed[expires=" + this.expires + "]";
		}

	}

	private Sealed seal(Session session, String sid, Instant created, CommitOptions options) {
		Found found = session.origin().found();
		SessionDocument document = this.endings.dated(session.document(), found);
		Instant now = this.lifetimes.now();
		boolean keepsEnd = found.isLive() && !session.isRegenerated() && session.keepsEnd(options);
		Instant expires = keepsEnd ? found.expires() : this.lifetimes.expires(document, created, now, options);
		SessionDocument smaller = document;
		while (true) {
			byte[] payload = this.format.holder(sid, created, now, expires, smaller);
			Committed committed = this.cookie.seal(payload, smaller, created, expires, options);
			int size = committed.header().length(); // the header is ASCII
			if (size <= SessionCookie.MAX_BYTES) {
				return new Sealed(committed, sid, created, expires);
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
