package io.sessionkit;

import java.util.List;
import java.util.Map;

import io.sessionkit.Found.State;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens to a session, in a cookie or in a store: whether it is dropped,
 * created, written, renewed, given another id, or ended.
 */
final class SessionEngine {

	private final Sessions sessions;

	private final StorageCookie cookie;

	private final ContentRules rules;

	private final LifeEvents events;

	private final Lifetimes lifetimes;

	private final boolean anonymousOnFailure;

	private final FailedRenewals failedRenewals;

	/**
	 * Creates an engine.
	 * @param anonymousOnFailure whether requests go on without a session while the store
	 * is down
	 */
	SessionEngine(Sessions sessions, StorageCookie cookie, ContentRules rules, LifeEvents events, Lifetimes lifetimes,
			boolean anonymousOnFailure) {
		this.sessions = sessions;
		this.cookie = cookie;
		this.rules = rules;
		this.events = events;
		this.lifetimes = lifetimes;
		this.anonymousOnFailure = anonymousOnFailure;
		this.failedRenewals = new FailedRenewals(lifetimes::now);
	}

	/** Returns the session of the cookies; an empty one if no cookie is valid. */
	Session open(List<String> cookieValues) {
		BroughtCookies brought = this.sessions.read(cookieValues);
		Map<CookieId, Found> told = this.sessions.told(brought);
		Origin origin = new Origin(brought, told, (id) -> find(id, told, brought));
		if (!this.sessions.asksStore(brought, told)) {
			origin.found();
		}
		return new Session(this.rules, origin);
	}

	private Found find(@Nullable CookieId id, Map<CookieId, Found> told, BroughtCookies brought) {
		if (id == null) {
			return this.lifetimes.nothing(State.NEW, this.cookie.whyNone(brought));
		}
		try {
			return this.sessions.find(id, told.get(id));
		}
		catch (SessionStorageException ex) {
			if (!this.anonymousOnFailure) {
				throw ex;
			}
			Warnings.storeFailed("The request goes on without its session", ex);
			return this.lifetimes.nothing(State.UNKNOWN, SessionAbsence.UNAVAILABLE);
		}
	}

	/**
	 * Saves the changes of the request.
	 * @param always whether to write even if nothing has changed
	 * @return the cookie to send; {@code null} if there is none
	 */
	@Nullable Committed commit(Session session, CommitOptions options, boolean always) {
		if (session.isDestroyed()) {
			end(session.origin());
			return this.cookie.deletion();
		}
		if (!session.isRead() && !always) {
			return null;
		}
		try {
			return commitRead(session, options, always);
		}
		catch (SessionStorageException ex) {
			if (!this.anonymousOnFailure) {
				throw ex;
			}
			Warnings.storeFailed("The changes of the request are lost", ex);
			return null;
		}
	}

	private @Nullable Committed commitRead(Session session, CommitOptions options, boolean always) {
		Found found = session.origin().found();
		if (found.state() == State.UNKNOWN || (found.state() == State.ENDED && !session.isRegenerated())) {
			return null;
		}
		session.captureChanges();
		boolean changed = !session.changes().isEmpty();
		if (!found.isLive()) {
			return (always || (changed && !session.document().isEmpty())) ? create(session, options) : null;
		}
		if (session.isRegenerated()) {
			return changeId(session, options);
		}
		return (always || changed) ? this.sessions.write(session, options, always) : renew(session);
	}

	private Committed create(Session session, CommitOptions options) {
		Committed committed = this.sessions.create(session, options);
		this.events.created(session.id(), committed.subject());
		return committed;
	}

	private @Nullable Committed changeId(Session session, CommitOptions options) {
		String formerId = session.origin().liveCookie().id();
		Committed committed = this.sessions.changeId(session, options);
		if (committed != null) {
			this.events.idRegenerated(formerId, session.id(), committed.subject());
		}
		return committed;
	}

	/**
	 * Renews a session. If this fails, the request goes on, and the browser keeps its
	 * cookie.
	 */
	private @Nullable Committed renew(Session session) {
		Found found = session.origin().found();
		boolean due = session.isRenewing() && this.lifetimes.isRenewalDue(found);
		if ((!due && !session.origin().liveCookie().olderSecret()) || this.failedRenewals.isPausing()) {
			return null;
		}
		try {
			return this.sessions.renew(session, due);
		}
		catch (SessionStorageException ex) {
			this.failedRenewals.add(ex);
		}
		catch (SessionTooLargeException | SessionSerializationException ex) {
			this.failedRenewals.addOne(ex);
		}
		return null;
	}

	/**
	 * Ends the sessions of all cookies, whatever the store says. The cookie of the
	 * browser is deleted in any case.
	 */
	private void end(Origin origin) {
		for (CookieId id : origin.cookies()) {
			this.sessions.end(id, origin);
		}
	}

}
