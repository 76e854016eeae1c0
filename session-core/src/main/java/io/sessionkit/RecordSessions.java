package io.sessionkit;

import java.time.Instant;
import java.util.List;

import io.sessionkit.Found.State;
import io.sessionkit.cookie.CookieRejection;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose content is in a record that a strategy keeps.
 */
final class RecordSessions implements Sessions {

	private final StorageCookie cookie;

	private final ContentRules rules;

	private final SessionWire wire;

	private final RecordRepository records;

	private final SubjectRecords subjects;

	private final boolean anonymousOnFailure;

	private final FailedRenewals failedRenewals;

	RecordSessions(StorageCookie cookie, ContentRules rules, SessionIdStorageStrategy strategy,
			boolean anonymousOnFailure) {
		this.cookie = cookie;
		this.rules = rules;
		this.wire = rules.wire();
		GuardedStrategy guarded = new GuardedStrategy(strategy, cookie.listener());
		this.records = new RecordRepository(cookie, rules, guarded);
		this.subjects = new SubjectRecords(cookie, this.records, guarded);
		this.anonymousOnFailure = anonymousOnFailure;
		this.failedRenewals = new FailedRenewals(cookie::now);
	}

	@Override
	public SubjectRecords subjects() {
		return this.subjects;
	}

	@Override
	public SessionState open(List<String> cookieValues) {
		BroughtCookies brought = this.wire.pointers(this.cookie, cookieValues);
		Origin origin = new Origin(brought, (id) -> found(id, brought));
		if (brought.sessions().isEmpty()) {
			origin.found(); // nobody is asked for it
		}
		return new SessionState(this.rules, origin);
	}

	private Found found(@Nullable CookieId id, BroughtCookies brought) {
		if (id == null) {
			return nothing(State.NEW, this.cookie.whyNone(brought));
		}
		try {
			Found found = this.records.read(this.wire.key(id.id()));
			if (found == null) {
				this.cookie.rejected(CookieRejection.ABSENT, "names no record that is there");
				return nothing(State.NEW, SessionAbsence.EXPIRED);
			}
			if (!found.isLive()) {
				this.cookie.rejected(
						(found.state() == State.ENDED) ? CookieRejection.ENDED : CookieRejection.UNREADABLE,
						"names a record that was ended, or is not readable");
			}
			return found;
		}
		catch (SessionStorageException ex) {
			if (!this.anonymousOnFailure) {
				throw ex;
			}
			Warnings.storeFailed("The request goes on without its session", ex);
			return nothing(State.UNKNOWN, SessionAbsence.UNAVAILABLE);
		}
	}

	private Found nothing(State state, SessionAbsence absence) {
		Instant now = this.cookie.now();
		return Found.nothing(state, absence, now, now.plus(this.cookie.lifetimes().idle()));
	}

	@Override
	public @Nullable Committed commit(SessionState session, CommitOptions options, boolean always) {
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

	private @Nullable Committed commitRead(SessionState session, CommitOptions options, boolean always) {
		Found found = session.origin().found();
		CookieId id = session.origin().cookie();
		if (found.state() == State.UNKNOWN || (found.state() == State.ENDED && !session.isRegenerated())) {
			return null;
		}
		session.captureChanges();
		if (!found.isLive() || id == null) {
			boolean worthwhile = !session.changes().isEmpty() && !session.document().isEmpty();
			return (always || worthwhile) ? create(session, options) : null;
		}
		if (session.isRegenerated()) {
			return regenerate(session, id, found, options);
		}
		return (always || !session.changes().isEmpty()) ? update(session, id, found, options, always)
				: renew(session, id, found);
	}

	private Committed create(SessionState session, CommitOptions options) {
		Instant created = this.cookie.now();
		RecordRepository.Written written = this.records.create(session.document(), created, options);
		this.cookie.listener().created();
		return sent(session, written, options);
	}

	/** Moves it to the new id, or makes a second one where the old one is to stay. */
	private @Nullable Committed regenerate(SessionState session, CookieId id, Found found, CommitOptions options) {
		Instant created = this.cookie.now();
		String oldKey = this.wire.key(id.id());
		RecordRepository.Written written = session.isOldDeleted()
				? this.records.move(oldKey, found, session, created, options)
				: this.records.accompany(oldKey, this.records.create(session.document(), created, options));
		if (written == null) {
			return null;
		}
		this.cookie.listener().idRegenerated();
		return sent(session, written, options);
	}

	private @Nullable Committed update(SessionState session, CookieId id, Found found, CommitOptions options,
			boolean always) {
		RecordRepository.Written written = this.records.update(id, found, session, options);
		if (written == null) {
			return null;
		}
		boolean lifeChanged = session.changes().stream().anyMatch(Change.Life.class::isInstance);
		boolean renewed = session.isRenewing() && this.cookie.isRenewalDue(written.document(), id.issued());
		if (always || lifeChanged || id.olderSecret() || renewed) {
			return sent(session, written, options);
		}
		session.committedAs(id.id(), written.created(), written.expires());
		return null;
	}

	/**
	 * Writes down that a session was used, or moves its cookie to the newest secret. Both
	 * ask the store, since a cookie for an id that was left meanwhile would log out
	 * whoever left it. Where that fails the request goes on, and the browser keeps the
	 * cookie it has.
	 */
	private @Nullable Committed renew(SessionState session, CookieId id, Found found) {
		boolean due = session.isRenewing() && this.cookie.lifetimes()
			.isRenewalDue(found.document(), found.created(), found.expires(), this.cookie.now());
		if ((!due && !id.olderSecret()) || this.failedRenewals.isPausing()) {
			return null;
		}
		RecordRepository.Written renewed;
		try {
			renewed = this.records.renew(id, found, due);
		}
		catch (SessionStorageException ex) {
			this.failedRenewals.add(ex);
			return null;
		}
		catch (SessionTooLargeException | SessionSerializationException ex) {
			this.failedRenewals.addOne(ex);
			return null;
		}
		if (renewed == null) {
			return null;
		}
		if (id.olderSecret() || (session.isRenewing() && this.cookie.isRenewalDue(found.document(), id.issued()))) {
			return sent(session, renewed, CommitOptions.defaults());
		}
		session.committedAs(renewed.id(), renewed.created(), renewed.expires());
		return null;
	}

	private Committed sent(SessionState session, RecordRepository.Written written, CommitOptions options) {
		byte[] payload = this.wire.pointer(written.id(), this.cookie.now());
		session.committedAs(written.id(), written.created(), written.expires());
		return this.cookie.seal(payload, written.document(), written.created(), written.expires(), options);
	}

	/**
	 * Logout, whatever the store says: the cookie goes in any case.
	 */
	private void end(Origin origin) {
		if (origin.cookie() == null) {
			return;
		}
		try {
			origin.found();
		}
		catch (SessionStorageException ex) {
			// Reading failed, so there is nothing to compare with: just delete.
		}
		origin.cookies().forEach((id) -> end(this.wire.key(id.id()), origin.behind(id)));
	}

	private void end(String key, @Nullable Found found) {
		try {
			if (found == null || found.state() == State.UNREADABLE || found.state() == State.UNKNOWN) {
				this.records.delete(key);
				this.cookie.listener().destroyed();
			}
			else if (found.state() == State.NEW) {
				this.records.delete(key); // a replica that lags may not know it yet
			}
			else if (this.records.logOut(key, found)) {
				this.cookie.listener().destroyed();
			}
		}
		catch (SessionStorageException ex) {
			Warnings.storeFailed("A session was ended in the browser, but its record remains until it expires", ex);
		}
	}

}
