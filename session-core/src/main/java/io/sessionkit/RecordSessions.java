package io.sessionkit;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.sessionkit.Found.State;
import io.sessionkit.RecordRepository.Written;
import io.sessionkit.cookie.CookieRejection;
import org.jspecify.annotations.Nullable;

/** Sessions whose content is in a record that a strategy keeps. */
final class RecordSessions implements Sessions {

	private final StorageCookie cookie;

	private final SessionFormat format;

	private final Lifetimes lifetimes;

	private final RecordRepository records;

	private final SubjectRecords subjects;

	private final LifeEvents events;

	RecordSessions(StorageCookie cookie, ContentRules rules, LifeEvents events, Lifetimes lifetimes, SubjectKeys keys,
			SessionIdStorageStrategy strategy) {
		this.cookie = cookie;
		this.format = rules.format();
		this.events = events;
		this.lifetimes = lifetimes;
		GuardedStrategy guarded = new GuardedStrategy(strategy, rules.listener());
		SubjectIndex index = new SubjectIndex(guarded, lifetimes, rules.listener());
		this.records = new RecordRepository(rules, events, lifetimes, guarded, keys, index);
		this.subjects = new SubjectRecords(this.records, index, guarded, keys, lifetimes, events);
		if (events.isHeard()) {
			strategy.onExpired(events::expired);
		}
	}

	@Override
	public SubjectRecords subjects() {
		return this.subjects;
	}

	@Override
	public BroughtCookies read(List<String> cookieValues) {
		return this.format.pointers(this.cookie, cookieValues);
	}

	@Override
	public Map<CookieId, Found> told(BroughtCookies brought) {
		return Map.of();
	}

	@Override
	public boolean asksStore(BroughtCookies brought, Map<CookieId, Found> told) {
		return !brought.sessions().isEmpty();
	}

	@Override
	public Found find(CookieId id, @Nullable Found told) {
		Found found = this.records.read(this.format.key(id.id()));
		if (found == null) {
			this.cookie.rejected(CookieRejection.ABSENT, "names a record that does not exist");
			return this.lifetimes.nothing(State.NEW, SessionAbsence.EXPIRED);
		}
		if (!found.isLive()) {
			this.cookie.rejected((found.state() == State.ENDED) ? CookieRejection.ENDED : CookieRejection.UNREADABLE,
					"names a record that was ended, or is not readable");
		}
		return found;
	}

	@Override
	public Committed create(Session session, CommitOptions options) {
		return sent(session, this.records.create(session, this.lifetimes.now(), options), options);
	}

	/**
	 * Moves the session to the new id, or creates a second one if the old one is kept.
	 */
	@Override
	public @Nullable Committed changeId(Session session, CommitOptions options) {
		Instant created = this.lifetimes.now();
		String oldKey = this.format.key(session.origin().liveCookie().id());
		Written written = session.isOldDeleted() ? this.records.move(oldKey, session, created, options)
				: this.records.accompany(oldKey, this.records.create(session, created, options));
		return (written != null) ? sent(session, written, options) : null;
	}

	@Override
	public @Nullable Committed write(Session session, CommitOptions options, boolean always) {
		Written written = this.records.update(session, options);
		if (written == null) {
			return null;
		}
		boolean lifeChanged = session.changes().stream().anyMatch(Change.Life.class::isInstance);
		return sentIfDue(session, written, options, always || lifeChanged);
	}

	/**
	 * Asks the store even if only the cookie has to be written with the newest secret. If
	 * the session got another id in the meantime, a cookie for the former id would log
	 * the user out.
	 */
	@Override
	public @Nullable Committed renew(Session session, boolean prolong) {
		Written renewed = this.records.renew(session.origin(), prolong);
		return (renewed != null) ? sentIfDue(session, renewed, CommitOptions.defaults(), false) : null;
	}

	private @Nullable Committed sentIfDue(Session session, Written written, CommitOptions options, boolean anyway) {
		CookieId id = session.origin().liveCookie();
		if (anyway || id.olderSecret()
				|| (session.isRenewing() && this.cookie.isRenewalDue(written.document(), id.issued()))) {
			return sent(session, written, options);
		}
		session.committedAs(written.id(), written.created(), written.expires());
		return null;
	}

	private Committed sent(Session session, Written written, CommitOptions options) {
		byte[] payload = this.format.pointer(written.id(), this.lifetimes.now());
		session.committedAs(written.id(), written.created(), written.expires());
		return this.cookie.seal(payload, written.document(), written.created(), written.expires(), options);
	}

	@Override
	public void end(CookieId id, Origin origin) {
		try {
			origin.found();
		}
		catch (SessionStorageException ex) {
			// Reading failed, so there is no version to compare with, and the record is
			// just deleted.
		}
		try {
			end(this.format.key(id.id()), origin.behind(id));
		}
		catch (SessionStorageException ex) {
			Warnings.storeFailed("A session was ended in the browser, but its record remains until it expires", ex);
		}
	}

	private void end(String key, @Nullable Found found) {
		if (found == null || found.state() == State.UNREADABLE || found.state() == State.UNKNOWN) {
			this.records.delete(key);
			this.events.recordDestroyed(key, null);
		}
		else if (found.state() == State.NEW) {
			this.records.delete(key); // a replica that lags behind may not know it yet
		}
		else {
			this.records.logOut(key, found);
		}
	}

}
