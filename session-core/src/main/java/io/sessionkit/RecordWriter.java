package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.sessionkit.Found.State;
import org.jspecify.annotations.Nullable;

/**
 * The store protocol, once for every strategy: versions, replay after a conflict,
 * tombstones.
 */
final class RecordWriter {

	private static final int ID_ATTEMPTS = 3;

	private final StorageCookie cookie;

	private final ContentRules rules;

	private final SessionWire wire;

	private final SubjectIndexStrategy strategy;

	RecordWriter(StorageCookie cookie, ContentRules rules, SubjectIndexStrategy strategy) {
		this.cookie = cookie;
		this.rules = rules;
		this.wire = rules.wire();
		this.strategy = strategy;
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
		Instant now = this.cookie.now();
		if (record == null || !now.isBefore(record.expires())) {
			return null;
		}
		if (record.isTombstone()) {
			return Found.ended(now, now.plus(this.cookie.lifetimes().idle()), record.successor());
		}
		SessionDocument document = this.wire.parse(record.body(), 0, record.body().length);
		Instant created = (document == null) ? null : this.wire.isShared() ? now : document.created();
		if (document == null || created == null) {
			Warnings.unreadableRecord(this.wire.shown(key));
			return Found.nothing(State.UNREADABLE, SessionAbsence.REJECTED, now,
					now.plus(this.cookie.lifetimes().idle()));
		}
		Instant end = end(record);
		if (this.cookie.lifetimes().hasExpired(created, end, now)) {
			return null;
		}
		return Found.live(record.version(), created, end, document, record.subject());
	}

	Written create(SessionDocument content, Instant created, CommitOptions options) {
		SessionDocument document = content.copy();
		document.created(created);
		SessionRecord record = record(1, document, created, options);
		for (int attempt = 0; attempt < ID_ATTEMPTS; attempt++) {
			String id = this.wire.newRecordId();
			index(this.wire.key(id), null, record, created);
			if (this.strategy.createData(this.wire.key(id), record)) {
				return new Written(id, this.wire.version(record), created, end(record), document);
			}
		}
		throw new SessionStorageException("The strategy said of " + ID_ATTEMPTS
				+ " random keys in a row that they are taken; check its createData", null);
	}

	/**
	 * Writes a changed document, or the changes on top of what others wrote meanwhile.
	 * @return {@code null} if the session was ended meanwhile
	 */
	@Nullable Written update(String id, Found found, SessionState session, CommitOptions given) {
		String key = this.wire.key(id);
		Backoff backoff = new Backoff(this.cookie.listener());
		Found present = found;
		SessionDocument document = session.document();
		while (true) {
			CommitOptions options = session.keepsEnd(given) ? CommitOptions.expires(present.expires()) : given;
			SessionRecord record = record(present.version() + 1, document, present.created(), options);
			index(key, present.index(), record, present.created());
			switch (this.strategy.updateData(key, record)) {
				case UPDATED -> {
					return new Written(id, this.wire.version(record), present.created(), end(record), document);
				}
				case GONE -> {
					return gone();
				}
				case CONFLICT -> backoff.pause();
			}
			present = read(key);
			if (present == null || !present.isLive()) {
				return gone();
			}
			document = replayed(present, session.changes());
		}
	}

	private @Nullable Written gone() {
		this.cookie.listener().gone();
		return null;
	}

	private SessionDocument replayed(Found present, List<Change> changes) {
		SessionDocument document = present.document().copy();
		changes.forEach((change) -> change.applyTo(document, this.rules.json()));
		return document;
	}

	/**
	 * Writes a record that did not change, to prolong it or to see that it is still
	 * there.
	 * @return {@code null} if somebody wrote or ended it meanwhile
	 */
	@Nullable Written renew(String id, Found found, boolean prolong) {
		SessionRecord record = record(found.version() + 1, found.document(), found.created(),
				prolong ? CommitOptions.defaults() : CommitOptions.expires(found.expires()));
		index(this.wire.key(id), found.index(), record, found.created());
		UpdateOutcome outcome = this.strategy.updateData(this.wire.key(id), record);
		if (outcome == UpdateOutcome.GONE) {
			return gone();
		}
		return (outcome == UpdateOutcome.UPDATED)
				? new Written(id, this.wire.version(record), found.created(), end(record), found.document()) : null;
	}

	/**
	 * Ends the old record of a session that has a new one; what others wrote into the old
	 * one meanwhile is taken along.
	 * @return {@code null} if the session was ended meanwhile; the new record is removed
	 */
	@Nullable Written succeed(String oldKey, Found found, Written written, List<Change> changes, CommitOptions options) {
		String newKey = this.wire.key(written.id());
		Backoff backoff = new Backoff(this.cookie.listener());
		Found present = found;
		Written successor = written;
		try {
			while (true) {
				switch (this.strategy.updateData(oldKey, tombstone(present.version() + 1, newKey))) {
					case UPDATED -> {
						return successor;
					}
					case GONE -> {
						this.strategy.deleteData(newKey);
						return gone();
					}
					case CONFLICT -> backoff.pause();
				}
				present = read(oldKey);
				if (present == null || !present.isLive()) {
					this.strategy.deleteData(newKey);
					return gone();
				}
				SessionDocument document = replayed(present, changes);
				document.created(written.created());
				SessionRecord record = record(successor.version() + 1, document, written.created(), options);
				index(newKey, this.cookie.subjects().index(successor.document().subject()), record, written.created());
				if (this.strategy.updateData(newKey, record) != UpdateOutcome.UPDATED) {
					throw new SessionStorageException(
							"The new record of a session could not be written a moment after "
									+ "it was created; check the strategy's updateData, and whether the store is full",
							null);
				}
				successor = new Written(written.id(), this.wire.version(record), written.created(), end(record),
						document);
			}
		}
		catch (RuntimeException ex) {
			remove(newKey, ex);
			throw ex;
		}
	}

	/**
	 * Looks whether the old record of a session that has a second one is still there.
	 * @return {@code null} if the session was ended meanwhile; the new record is removed
	 */
	@Nullable Written accompany(String oldKey, Written written) {
		String newKey = this.wire.key(written.id());
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
	 * become: as long as the tombstones say, and a few ids further.
	 * @return {@code false} if it had been ended already
	 */
	boolean logOut(String key, Found found) {
		String presentKey = key;
		Found present = found;
		for (int left = 0; left <= Lifetimes.FOLLOWED_IDS; left++) {
			if (present.isLive()) {
				if (end(presentKey, present)) {
					return true;
				}
				Found again = read(presentKey);
				if (again == null) {
					return false;
				}
				present = again;
			}
			if (present.successor() == null) {
				return false;
			}
			presentKey = present.successor();
			Found next = read(presentKey);
			if (next == null) {
				return false;
			}
			present = next;
		}
		return false;
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
		Backoff backoff = new Backoff(this.cookie.listener());
		Found present = found;
		UpdateOutcome outcome = this.strategy.updateData(key, tombstone(present.version() + 1, null));
		while (outcome == UpdateOutcome.CONFLICT) {
			backoff.pause();
			present = read(key);
			if (present == null || present.state() == State.ENDED) {
				return false;
			}
			if (!present.isLive()) {
				delete(key);
				return true;
			}
			outcome = this.strategy.updateData(key, tombstone(present.version() + 1, null));
		}
		return outcome == UpdateOutcome.UPDATED;
	}

	void delete(String key) {
		this.strategy.deleteData(key);
	}

	private SessionRecord tombstone(long version, @Nullable String successor) {
		return SessionRecord.tombstone(version, this.cookie.now().plus(Lifetimes.TOMBSTONE), successor);
	}

	private SessionRecord record(long version, SessionDocument document, Instant created, CommitOptions options) {
		byte[] body = this.wire.toBytes(document);
		if (body.length > ContentRules.RECORD_LIMIT) {
			throw new SessionTooLargeException(true, body.length, ContentRules.RECORD_LIMIT, document.bytesPerKey());
		}
		Instant expires = this.cookie.lifetimes().expires(document, created, this.cookie.now(), options);
		return new SessionRecord(version, expires.plus(stay()), this.cookie.subjects().index(document.subject()), body);
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
		return this.wire.isShared() ? Duration.ZERO : Lifetimes.LONG_REQUESTS;
	}

	/**
	 * Announces a record under its subject, before it is written, where that is new.
	 */
	private void index(String key, @Nullable String before, SessionRecord record, Instant created) {
		String subject = record.subject();
		if (subject != null && !subject.equals(before)) {
			this.strategy.indexData(subject, key, created.plus(this.cookie.lifetimes().absolute()));
		}
	}

}
