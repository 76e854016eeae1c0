package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.sessionkit.Found.State;
import io.sessionkit.SubjectList.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The records of sessions in a strategy. All strategies use the same protocol: versions,
 * repeating the changes after a conflict, tombstones, and writing the list of a user's
 * sessions before a record.
 */
final class RecordRepository {

	private static final int ID_ATTEMPTS = 3;

	private final ContentRules rules;

	private final SessionFormat format;

	private final SessionJson json;

	private final SessionStorageListener listener;

	private final LifeEvents events;

	private final Lifetimes lifetimes;

	private final SessionIdStorageStrategy strategy;

	private final SubjectKeys keys;

	private final SubjectIndex index;

	RecordRepository(ContentRules rules, LifeEvents events, Lifetimes lifetimes, SessionIdStorageStrategy strategy,
			SubjectKeys keys, SubjectIndex index) {
		this.rules = rules;
		this.format = rules.format();
		this.json = rules.json();
		this.listener = rules.listener();
		this.events = events;
		this.lifetimes = lifetimes;
		this.strategy = strategy;
		this.keys = keys;
		this.index = index;
	}

	/** A record as it is in the store now. */
	record Written(String id, long version, Instant created, Instant expires, SessionDocument document) {

		@Override
		public String toString() {
			return "Written[version=" + this.version + "]";
		}

	}

	/**
	 * Reads the record with a key.
	 * @return {@code null} if there is none or it has expired
	 */
	@Nullable Found read(String key) {
		return found(key, this.strategy.readData(key));
	}

	/**
	 * Interprets a record.
	 * @return {@code null} if there is none or it has expired
	 */
	@Nullable Found found(String key, @Nullable SessionRecord record) {
		Instant now = this.lifetimes.now();
		if (record == null || !now.isBefore(record.expires())) {
			return null;
		}
		if (record.isTombstone()) {
			return Found.ended(now, now.plus(this.lifetimes.idle()), record.successor());
		}
		SessionDocument document = this.format.parse(record.body(), 0, record.body().length);
		Instant created = (document == null) ? null : this.format.isShared() ? now : document.created();
		if (document == null || created == null) {
			Warnings.unreadableRecord(this.format.shown(key));
			return this.lifetimes.nothing(State.UNREADABLE, SessionAbsence.REJECTED);
		}
		Instant end = end(record);
		if (this.lifetimes.hasExpired(created, end, now)) {
			return null;
		}
		return Found.live(record.version(), created, end, document);
	}

	/** Returns whether a record, live or expired, may have this principal name. */
	boolean isOf(String subject, SessionRecord record) {
		SessionDocument document = this.format.parse(record.body(), 0, record.body().length);
		return document == null || subject.equals(document.subject());
	}

	Written create(Session session, Instant created, CommitOptions options) {
		SessionDocument document = session.document().copy();
		document.created(created);
		SessionRecord record = record(1, document, created, options);
		for (int attempt = 0; attempt < ID_ATTEMPTS; attempt++) {
			String id = (attempt == 0) ? session.nextId(this.rules) : this.rules.newId();
			listNew(this.format.key(id), null, document, created);
			if (this.strategy.createData(this.format.key(id), record)) {
				return new Written(id, this.format.version(record), created, end(record), document);
			}
		}
		throw new SessionStorageException(
				"The strategy reported " + ID_ATTEMPTS + " random keys in a row as taken; check its createData", null);
	}

	/**
	 * Writes a changed document. After a conflict, applies the changes to what others
	 * have written in the meantime.
	 * @return {@code null} if the session was ended in the meantime
	 */
	@Nullable Written update(Session session, CommitOptions given) {
		CookieId id = session.origin().liveCookie();
		Found found = session.origin().found();
		String key = this.format.key(id.id());
		Backoff backoff = new Backoff(this.listener);
		Found present = found;
		SessionDocument document = session.document();
		String listed = listed(id, found);
		while (true) {
			CommitOptions options = session.keepsEnd(given) ? CommitOptions.expires(present.expires()) : given;
			SessionRecord record = record(present.version() + 1, document, present.created(), options);
			listed = list(key, listed, document, present.created());
			UpdateOutcome outcome = this.strategy.updateData(key, record);
			if (outcome.isUpdated()) {
				return new Written(id.id(), this.format.version(record), present.created(), end(record), document);
			}
			Found now = inTheWay(key, outcome, backoff);
			if (now == null || !now.isLive()) {
				return gone();
			}
			present = now;
			document = replayed(present, session.changes());
		}
	}

	/**
	 * Returns what is stored instead of the version that a write expected; {@code null}
	 * if there is nothing.
	 */
	private @Nullable Found inTheWay(String key, UpdateOutcome outcome, Backoff backoff) {
		if (!outcome.isConflict()) {
			return null;
		}
		SessionRecord present = outcome.present();
		if (present != null && backoff.isFirst()) {
			return found(key, present);
		}
		// What was in the way before a pause is too old after it.
		backoff.pause();
		return read(key);
	}

	private @Nullable Written gone() {
		this.listener.gone();
		return null;
	}

	private SessionDocument replayed(Found present, List<Change> changes) {
		SessionDocument document = present.document().copy();
		changes.forEach((change) -> change.applyTo(document, this.json));
		return document;
	}

	/**
	 * Writes an unchanged record, to renew it or to check that it is still there.
	 * @return {@code null} if it was written or ended in the meantime
	 */
	@Nullable Written renew(Origin origin, boolean prolong) {
		CookieId id = origin.liveCookie();
		Found found = origin.found();
		String key = this.format.key(id.id());
		SessionRecord record = record(found.version() + 1, found.document(), found.created(),
				prolong ? CommitOptions.defaults() : CommitOptions.expires(found.expires()));
		list(key, listed(id, found), found.document(), found.created());
		UpdateOutcome outcome = this.strategy.updateData(key, record);
		if (outcome.isGone()) {
			return gone();
		}
		return (outcome.isUpdated())
				? new Written(id.id(), this.format.version(record), found.created(), end(record), found.document())
				: null;
	}

	/**
	 * Gives a session a new id and ends the old one. What others have written under the
	 * old id in the meantime is included.
	 * @return {@code null} if the session was ended in the meantime
	 */
	@Nullable Written move(String oldKey, Session session, Instant created, CommitOptions options) {
		String id = session.nextId(this.rules);
		String newKey = this.format.key(id);
		Backoff backoff = new Backoff(this.listener);
		Found present = session.origin().found();
		SessionDocument document = session.document().copy();
		String listed = null;
		while (true) {
			document.created(created);
			SessionRecord record = record(1, document, created, options);
			if (!Objects.equals(document.subject(), listed) && !listNew(newKey,
					Objects.equals(document.subject(), present.document().subject()) ? oldKey : null, document,
					created)) {
				return gone();
			}
			listed = document.subject();
			UpdateOutcome outcome = this.strategy.moveData(oldKey, tombstone(present.version() + 1, newKey), newKey,
					record);
			if (outcome.isUpdated()) {
				return new Written(id, this.format.version(record), created, end(record), document);
			}
			Found now = inTheWay(oldKey, outcome, backoff);
			if (now != null && newKey.equals(now.successor())) { // a client sent it twice
				return new Written(id, this.format.version(record), created, end(record), document);
			}
			if (now == null || !now.isLive()) {
				return gone();
			}
			present = now;
			document = replayed(present, session.changes());
		}
	}

	/**
	 * Checks, after a second session was created, that the record of the first one is
	 * still there.
	 * @return {@code null} if the session was ended in the meantime; the new record is
	 * removed then
	 */
	@Nullable Written accompany(String oldKey, Written written) {
		String newKey = this.format.key(written.id());
		try {
			Found old = read(oldKey);
			if (old != null && old.isLive()) {
				return written;
			}
			this.strategy.deleteData(newKey);
			return gone();
		}
		catch (RuntimeException ex) {
			remove(newKey, ex);
			throw ex;
		}
	}

	private void remove(String key, RuntimeException because) {
		try {
			this.strategy.deleteData(key);
		}
		catch (SessionStorageException ex) {
			because.addSuppressed(ex);
		}
	}

	/**
	 * Ends a session. If it has got another id in the meantime, ends that session too.
	 * This follows the tombstones for a limited number of ids. Reports the session that
	 * was live.
	 */
	void logOut(String key, Found found) {
		String presentKey = key;
		Found present = found;
		for (int left = 0; left <= Lifetimes.FOLLOWED_IDS; left++) {
			if (present.isLive()) {
				if (end(presentKey, present)) {
					this.events.recordDestroyed(presentKey, present.document().subject());
					return;
				}
				Found again = read(presentKey);
				if (again == null) {
					return;
				}
				present = again;
			}
			if (present.successor() == null) {
				return;
			}
			presentKey = present.successor();
			Found next = read(presentKey);
			if (next == null) {
				return;
			}
			present = next;
		}
	}

	/**
	 * Replaces a record by a tombstone, whatever others write in the meantime. If the
	 * store does not accept the tombstone, for example because it is full, the record is
	 * deleted instead. Requests in flight then find nothing instead of a tombstone.
	 * @return {@code false} if it had been ended before
	 * @throws SessionStorageException if both failed
	 */
	boolean end(String key, Found found) {
		try {
			return bury(key, found);
		}
		catch (SessionStorageException ex) {
			try {
				delete(key);
				return true;
			}
			catch (SessionStorageException again) {
				ex.addSuppressed(again);
				throw ex;
			}
		}
	}

	private boolean bury(String key, Found found) {
		Backoff backoff = new Backoff(this.listener);
		Found present = found;
		while (true) {
			UpdateOutcome outcome = this.strategy.updateData(key, tombstone(present.version() + 1, null));
			if (outcome.isUpdated()) {
				return true;
			}
			Found now = inTheWay(key, outcome, backoff);
			if (now == null || now.state() == State.ENDED) {
				return false;
			}
			if (!now.isLive()) {
				delete(key);
				return true;
			}
			present = now;
		}
	}

	void delete(String key) {
		this.strategy.deleteData(key);
	}

	private SessionRecord tombstone(long version, @Nullable String successor) {
		return SessionRecord.tombstone(version, this.lifetimes.now().plus(Lifetimes.TOMBSTONE), successor);
	}

	private SessionRecord record(long version, SessionDocument document, Instant created, CommitOptions options) {
		byte[] body = this.format.toBytes(document);
		if (body.length > ContentRules.RECORD_LIMIT) {
			throw new SessionTooLargeException(true, body.length, ContentRules.RECORD_LIMIT, document.bytesPerKey());
		}
		Instant expires = this.lifetimes.expires(document, created, this.lifetimes.now(), options);
		return new SessionRecord(version, expires.plus(stay()), body, document.subject() != null);
	}

	/** Returns when the session expires, which is before its record expires. */
	private Instant end(SessionRecord record) {
		return record.expires().minus(stay());
	}

	/**
	 * Returns how long a record outlives its session. During this time a request that
	 * read the session in time can still write it, because the unchanged version proves
	 * that nobody has ended it. In a shared store it is zero, because a peer takes the
	 * expiry of the record for that of the session.
	 */
	private Duration stay() {
		return this.format.isShared() ? Duration.ZERO : Lifetimes.LONG_REQUESTS;
	}

	/**
	 * Returns under which principal name a session is listed already; {@code null} if its
	 * cookie has an older secret. The list is then not the one that an instance finds if
	 * it knows only the newest secret.
	 */
	private static @Nullable String listed(CookieId id, Found found) {
		return id.olderSecret() ? null : found.document().subject();
	}

	/**
	 * Lists a session that keeps its id under its principal name, if it is not listed
	 * there yet, before its record is written. The cookie may have been written with any
	 * of the secrets.
	 * @param listed the name under which it is listed; {@code null} for none
	 * @return the name under which it is listed now
	 */
	private @Nullable String list(String key, @Nullable String listed, SessionDocument document, Instant created) {
		String subject = document.subject();
		if (subject != null && isListed() && !Objects.equals(subject, listed)) {
			this.keys.allIndexes(subject).forEach((index) -> listUnder(index, subject, key, null, created));
		}
		return subject;
	}

	/**
	 * Lists a session with a new id, whose cookie will be written with the newest secret.
	 */
	private boolean listNew(String key, @Nullable String from, SessionDocument document, Instant created) {
		String subject = document.subject();
		if (subject == null || !isListed()) {
			return true;
		}
		String index = this.keys.index(subject);
		return index == null || listUnder(index, subject, key, from, created);
	}

	private boolean isListed() {
		return this.keys.isSecret() && this.strategy.isConsistent();
	}

	/**
	 * Lists a session, and ends others if there are too many.
	 * @return {@code false} if the session is being ended itself
	 */
	private boolean listUnder(String index, String subject, String key, @Nullable String from, Instant created) {
		List<Entry> evicted = this.index.add(index, key, from, created.plus(this.lifetimes.absolute()));
		if (evicted == null) {
			return false;
		}
		for (Entry each : evicted) {
			delete(each.key());
			this.events.recordDestroyed(each.key(), subject);
		}
		this.index.remove(index, evicted);
		return true;
	}

}
