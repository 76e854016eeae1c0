package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.sessionkit.Found.State;
import io.sessionkit.SubjectList.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The records of sessions as a strategy keeps them, by one protocol for every strategy:
 * versions, replay after a conflict, tombstones, and a subject's list before its record.
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

	/**
	 * A record as it is in the store now.
	 */
	record Written(String id, long version, Instant created, Instant expires, SessionDocument document) {

		@Override
		public String toString() {
			return "Written[version=" + this.version + "]";
		}

	}

	/**
	 * Reads what is behind a key.
	 * @return {@code null} if there is nothing, or it has expired
	 */
	@Nullable Found read(String key) {
		return found(key, this.strategy.readData(key));
	}

	/**
	 * What a record is.
	 * @return {@code null} if it is nothing, or has expired
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

	/** Whether a record, live or over, is of this subject as far as anybody can tell. */
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
		throw new SessionStorageException("The strategy said of " + ID_ATTEMPTS
				+ " random keys in a row that they are taken; check its createData", null);
	}

	/**
	 * Writes a changed document, or the changes on top of what others wrote meanwhile.
	 * @return {@code null} if the session was ended meanwhile
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
	 * What is there instead of the version that a write counted on; {@code null} if there
	 * is nothing.
	 */
	private @Nullable Found inTheWay(String key, UpdateOutcome outcome, Backoff backoff) {
		if (!outcome.isConflict()) {
			return null;
		}
		backoff.pause();
		SessionRecord present = outcome.present();
		return (present != null) ? found(key, present) : read(key);
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
	 * Writes a record that did not change, to prolong it or to see that it is still
	 * there.
	 * @return {@code null} if somebody wrote or ended it meanwhile
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
	 * Gives a session a new id: what others wrote under the old one meanwhile is taken
	 * along, and that one ends.
	 * @return {@code null} if the session was ended meanwhile
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
	 * Looks whether the old record of a session that has a second one is still there.
	 * @return {@code null} if the session was ended meanwhile; the new record is removed
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
	 * Ends a session, and where it was left for another id meanwhile, the one that it has
	 * become: as long as the tombstones say, and a few ids further. Tells of the one that
	 * was not ended already.
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
	 * Overwrites a record with a tombstone, whatever others write meanwhile. A store that
	 * does not take it, because it is full for example, may still be able to delete; what
	 * is in flight then finds nothing instead of a tombstone.
	 * @return {@code false} if it had been ended already
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

	/** When the session ends; the record is there a little longer. */
	private Instant end(SessionRecord record) {
		return record.expires().minus(stay());
	}

	/**
	 * So long a request that read the session in time can still write it: that its
	 * version is unchanged proves that nobody has ended it. A peer would take the end of
	 * the record for that of the session.
	 */
	private Duration stay() {
		return this.format.isShared() ? Duration.ZERO : Lifetimes.LONG_REQUESTS;
	}

	/**
	 * Under whom a session is listed already. With the cookie of an older secret that is
	 * not where somebody looks who knows the newest alone.
	 */
	private static @Nullable String listed(CookieId id, Found found) {
		return id.olderSecret() ? null : found.document().subject();
	}

	/**
	 * Lists a session that keeps its id under its subject, before its record is written,
	 * where it is not. Its cookie may be of any secret.
	 * @param listed under whom it is; {@code null} for nobody
	 * @return under whom it is now
	 */
	private @Nullable String list(String key, @Nullable String listed, SessionDocument document, Instant created) {
		String subject = document.subject();
		if (subject != null && isListed() && !Objects.equals(subject, listed)) {
			this.keys.allIndexes(subject).forEach((index) -> listUnder(index, subject, key, null, created));
		}
		return subject;
	}

	/** Lists a session of a new id, whose cookie will be of the newest secret. */
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
	 * Lists a session, and ends others where there are too many.
	 * @return {@code false} if it is just being ended itself
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
