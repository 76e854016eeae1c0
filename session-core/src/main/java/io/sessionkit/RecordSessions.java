package io.sessionkit;

import java.time.Instant;
import java.util.List;

import io.sessionkit.Origin.CookieId;
import io.sessionkit.Origin.Found;
import io.sessionkit.Origin.State;
import io.sessionkit.cookie.CookieRejection;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose content is in a record that a strategy keeps.
 */
final class RecordSessions implements Sessions {

	private final StorageCookie cookie;

	private final SessionFormat format;

	private final RecordIds ids;

	private final RecordWriter writer;

	private final SubjectRecords subjects;

	private final boolean anonymousOnFailure;

	RecordSessions(StorageCookie cookie, SessionFormat format, SessionIdStorageStrategy strategy,
			boolean anonymousOnFailure) {
		this.cookie = cookie;
		this.format = format;
		this.ids = (strategy instanceof SharedStorageStrategy shared) ? new SharedIds(shared) : new HashedIds();
		SubjectIndexStrategy guarded = TimedStrategy.of(new GuardedStrategy(strategy), cookie.listener());
		this.writer = new RecordWriter(cookie, format, this.ids, guarded);
		this.subjects = new SubjectRecords(cookie, this.writer, guarded, strategy instanceof SubjectIndexStrategy);
		this.anonymousOnFailure = anonymousOnFailure;
	}

	@Override
	public SubjectRecords subjects() {
		return this.subjects;
	}

	@Override
	public SessionState open(List<String> cookieValues) {
		CookieId id = this.ids.read(this.cookie, cookieValues);
		return new SessionState(this.format, (id != null) ? new Origin(id, () -> found(this.ids.key(id.id())))
				: Origin.of(null, nothing(State.NEW)));
	}

	private Found found(String key) {
		try {
			Found found = this.writer.read(key);
			if (found == null) {
				this.cookie.rejected(CookieRejection.ABSENT, "names no record that is there");
				return nothing(State.NEW);
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
			return nothing(State.UNKNOWN);
		}
	}

	private Found nothing(State state) {
		Instant now = this.cookie.now();
		return Found.nothing(state, now, now.plus(this.cookie.lifetimes().idle()));
	}

	@Override
	public @Nullable Committed commit(SessionState session, CommitOptions options, boolean always) {
		CookieId id = session.origin().cookie();
		if (session.isDestroyed()) {
			end(session, id);
			return this.cookie.deletion();
		}
		if (!session.isRead() && !always) {
			return null;
		}
		try {
			return commitRead(session, id, options, always);
		}
		catch (SessionStorageException ex) {
			if (!this.anonymousOnFailure) {
				throw ex;
			}
			Warnings.storeFailed("The changes of the request are lost", ex);
			return null;
		}
	}

	private @Nullable Committed commitRead(SessionState session, @Nullable CookieId id, CommitOptions options,
			boolean always) {
		Found found = session.origin().found();
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
		RecordWriter.Written written = this.writer.create(session.document(), created, options);
		this.cookie.listener().created();
		return sent(session, written, options);
	}

	/**
	 * Creates the new record, then ends the old one if it is unchanged; changed
	 * meanwhile, the operations are replayed on what it has become. An old one that is to
	 * stay must still be there.
	 */
	private @Nullable Committed regenerate(SessionState session, CookieId id, Found found, CommitOptions options) {
		Instant created = this.cookie.now();
		RecordWriter.Written written = this.writer.create(session.document(), created, options);
		String oldKey = this.ids.key(id.id());
		written = session.isOldDeleted() ? this.writer.succeed(oldKey, found, written, session.changes(), options)
				: this.writer.accompany(oldKey, written);
		if (written == null) {
			return null;
		}
		this.cookie.listener().idRegenerated();
		return sent(session, written, options);
	}

	private @Nullable Committed update(SessionState session, CookieId id, Found found, CommitOptions options,
			boolean always) {
		RecordWriter.Written written = this.writer.update(id.id(), found, session.document(), session.changes(),
				options);
		if (written == null) {
			return null;
		}
		boolean lifeChanged = session.changes().stream().anyMatch(Change.Life.class::isInstance);
		if (always || lifeChanged || id.olderSecret() || this.cookie.isRenewalDue(written.document(), id.issued())) {
			return sent(session, written, options);
		}
		session.committedAs(id.id(), written.created(), written.expires());
		return null;
	}

	/**
	 * Writes down that a session was used, or moves its cookie to the newest secret. Both
	 * ask the store, since a cookie for an id that was left meanwhile would log out
	 * whoever left it.
	 */
	private @Nullable Committed renew(SessionState session, CookieId id, Found found) {
		boolean due = this.cookie.lifetimes()
			.isRenewalDue(found.document(), found.created(), found.expires(), this.cookie.now());
		if (!due && !id.olderSecret()) {
			return null;
		}
		RecordWriter.Written renewed = this.writer.renew(id.id(), found, due);
		if (renewed == null) {
			return null;
		}
		if (id.olderSecret() || this.cookie.isRenewalDue(found.document(), id.issued())) {
			return sent(session, renewed, CommitOptions.defaults());
		}
		session.committedAs(renewed.id(), renewed.created(), renewed.expires());
		return null;
	}

	private Committed sent(SessionState session, RecordWriter.Written written, CommitOptions options) {
		byte[] payload = this.ids.payload(written.id(), this.cookie.now());
		session.committedAs(written.id(), written.created(), written.expires());
		return this.cookie.seal(payload, written.document(), written.created(), written.expires(), options);
	}

	/**
	 * Logout, whatever the store says: the cookie goes in any case.
	 */
	private void end(SessionState session, @Nullable CookieId id) {
		if (id == null) {
			return;
		}
		String key = this.ids.key(id.id());
		try {
			Found found = null;
			try {
				found = session.origin().found();
			}
			catch (SessionStorageException ex) {
				// Reading failed, so there is nothing to compare with: just delete.
			}
			if (found == null || found.state() == State.UNREADABLE || found.state() == State.UNKNOWN) {
				this.writer.delete(key);
				this.cookie.listener().destroyed();
			}
			else if (found.state() == State.NEW) {
				this.writer.delete(key); // a replica that lags may not know it yet
			}
			else if (found.isLive() && this.writer.end(key, found)) {
				this.cookie.listener().destroyed();
			}
		}
		catch (SessionStorageException ex) {
			Warnings.storeFailed("A session was ended in the browser, but its record remains until it expires", ex);
		}
	}

}
