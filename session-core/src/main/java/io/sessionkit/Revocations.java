package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.sessionkit.EndedSessions.Successor;
import io.sessionkit.RevocationCache.Answer;
import org.jspecify.annotations.Nullable;

/**
 * The ends of cookie-held sessions that all nodes know. A record under the hash of a
 * session id says when that session was ended. One under the hash of a subject says up to
 * which moment who became this subject is it no more; it lies ahead by as much as the
 * clocks of nodes may differ, and who logs in later gets a moment after it. Who ended the
 * others has, for as long as requests are in flight, one under another hash of the id.
 */
final class Revocations {

	private static final String SUCCESSOR = "next";

	/** What no JSON begins with, so that a note is never taken for a session. */
	private static final byte NOTE = '!';

	private final SessionIdStorageStrategy strategy;

	private final Lifetimes lifetimes;

	private final SubjectKeys keys;

	private final SessionStorageListener listener;

	private final RevocationCache cache;

	private final boolean open;

	Revocations(Revocation options, Lifetimes lifetimes, SubjectKeys keys, SessionStorageListener listener) {
		this.strategy = new GuardedStrategy(options.strategy(), listener);
		this.lifetimes = lifetimes;
		this.keys = keys;
		this.listener = listener;
		this.cache = new RevocationCache(options.cacheTime());
		this.open = options.open();
	}

	/** Whether a store that is down is as one that knows of no end. */
	boolean isOpen() {
		return this.open;
	}

	/**
	 * When a session was ended, or its subject logged out everywhere.
	 * @param since when it became the subject's
	 * @return {@code null} if it was not
	 * @throws SessionStorageException if the store failed, and is not to be ignored
	 */
	@Nullable Instant endOf(String sid, @Nullable String subject, Instant since) {
		Instant end = revoked(List.of(key(sid)));
		if (end == null && subject != null) {
			Instant until = revoked(this.keys.revocations(subject));
			if (until == null || since.isAfter(until)) {
				return null;
			}
			// Long ago elsewhere: in that browser nobody has logged in since whom a late
			// request could log out.
			return Objects.requireNonNullElse(revoked(List.of(keptKey(sid))), Instant.EPOCH);
		}
		return end;
	}

	/**
	 * Whether a session was ended, by what the store knows at this moment.
	 * @throws SessionStorageException if the store failed, and is not to be ignored
	 */
	boolean hasEnded(String sid) {
		try {
			return ask(List.of(key(sid))) != null;
		}
		catch (SessionStorageException ex) {
			if (!this.open) {
				throw ex;
			}
			Warnings.storeFailed("A session gets a second id although it may have been ended elsewhere", ex);
			return false;
		}
	}

	private @Nullable Instant revoked(List<String> keys) {
		Answer known = this.cache.get(keys.get(0));
		if (known != null && this.cache.isFresh(known, this.lifetimes.now())) {
			return known.revoked();
		}
		try {
			return ask(keys);
		}
		catch (SessionStorageException ex) {
			if (!this.open) {
				throw ex;
			}
			Warnings.storeFailed("A cookie-held session counts although it may have been ended elsewhere", ex);
			Instant before = (known != null) ? known.revoked() : null;
			this.cache.put(keys.get(0), new Answer(before, this.lifetimes.now()));
			return before;
		}
	}

	private @Nullable Instant ask(List<String> keys) {
		Instant asked = this.lifetimes.now();
		Instant latest = null;
		for (String key : keys) {
			Instant revoked = read(key, this.strategy.readData(key));
			if (revoked != null && (latest == null || revoked.isAfter(latest))) {
				latest = revoked;
			}
		}
		this.cache.put(keys.get(0), new Answer(latest, asked));
		return latest;
	}

	private @Nullable Instant read(String key, @Nullable SessionRecord record) {
		if (record == null || !this.lifetimes.now().isBefore(record.expires())) {
			return null;
		}
		SessionDocument document = document(record);
		if (document == null || document.created() == null) {
			Warnings.unreadableRecord(key);
			return null;
		}
		return document.created();
	}

	/**
	 * Which moment to write into a session that becomes a subject's now: past all its
	 * revocations.
	 * @throws SessionStorageException if the store failed, and is not to be ignored
	 */
	Instant since(String subject) {
		Instant now = this.lifetimes.now();
		try {
			Instant until = ask(this.keys.revocations(subject));
			return (until != null && !now.isAfter(until)) ? until.plusSeconds(1) : now;
		}
		catch (SessionStorageException ex) {
			if (!this.open) {
				throw ex;
			}
			Warnings.storeFailed("A login goes on although it may be taken for an earlier one that was ended", ex);
			return now;
		}
	}

	/**
	 * A new id changes nothing of when the session became its subject's, or a stolen one
	 * could escape by it.
	 */
	Instant since(SessionDocument document, String subject, Found found) {
		if (found.isLive() && subject.equals(found.document().subject())) {
			return since(document, found);
		}
		return since(subject);
	}

	/** When a session became its subject's, as far as its cookie tells. */
	static Instant since(SessionDocument document, Found found) {
		Instant before = Objects.requireNonNullElse(found.document().since(), found.created());
		return Objects.requireNonNullElse(document.since(), before);
	}

	/**
	 * Notes that a session was ended.
	 * @param life for how long, as {@link #lifeOf} says
	 * @param successor the id for which it was left; {@code null} for none
	 * @return {@code false} if another node has done so before
	 * @throws SessionStorageException if the store failed
	 */
	boolean end(String sid, Duration life, @Nullable Successor successor) {
		return endKey(key(sid), life, successor);
	}

	private boolean endKey(String key, Duration life, @Nullable Successor successor) {
		Instant now = this.lifetimes.now();
		SessionDocument document = new SessionDocument();
		document.created(now);
		if (successor != null) {
			document.values().put(SUCCESSOR, JsonSlice.ofText(key(successor.id())));
			document.life(successor.life());
		}
		boolean first = this.strategy.createData(key, record(1, now.plus(life), document));
		this.cache.put(key, new Answer(now, now));
		return first;
	}

	/**
	 * Notes that what a session has become was ended, where another node knows.
	 * @return {@code false} if there is nothing that lives
	 * @throws SessionStorageException if the store failed
	 */
	boolean endSuccessor(String sid) {
		String key = key(sid);
		for (int left = 0; left < Lifetimes.FOLLOWED_IDS; left++) {
			SessionDocument end = recentEnd(this.strategy.readData(key));
			JsonSlice successor = (end != null) ? end.values().get(SUCCESSOR) : null;
			if (end == null || successor == null || !(SessionJson.view(successor) instanceof String next)) {
				return false;
			}
			if (endKey(next, Objects.requireNonNullElseGet(end.life(), this::longest), null)) {
				return true;
			}
			key = next;
		}
		return false;
	}

	private @Nullable SessionDocument recentEnd(@Nullable SessionRecord record) {
		SessionDocument document = (record != null) ? document(record) : null;
		boolean recent = document != null && document.created() != null
				&& this.lifetimes.now().isBefore(document.created().plus(Lifetimes.TOMBSTONE));
		return recent ? document : null;
	}

	/** For how long the end of a session has to be known. */
	Duration lifeOf(Found told) {
		return (told.document().subject() != null) ? longest() : shortest(told, this.lifetimes.now());
	}

	/**
	 * Notes that all sessions of a subject were ended but one, of which only the cookie
	 * counts that is made next. What its browser has in flight still has the former.
	 * @param sid the id of the one; empty if it has none yet
	 * @return up to which moment
	 * @throws SessionStorageException if the store failed
	 */
	Instant endOthers(String subject, String sid) {
		if (!sid.isEmpty()) {
			Instant now = this.lifetimes.now();
			write(keptKey(sid), now, Lifetimes.TOMBSTONE);
			this.cache.put(keptKey(sid), new Answer(now, now));
		}
		return endAll(subject);
	}

	/**
	 * Notes that all sessions of a subject were ended.
	 * @return up to which moment
	 * @throws SessionStorageException if the store failed
	 */
	Instant endAll(String subject) {
		List<String> keys = this.keys.revocations(subject);
		Instant now = this.lifetimes.now();
		Instant until = now.plus(Lifetimes.CLOCKS);
		Instant before = ask(keys);
		if (before != null && !until.isAfter(before)) {
			until = before.plusSeconds(1);
		}
		for (String key : keys) {
			write(key, until, longest());
		}
		this.cache.put(keys.get(0), new Answer(until, now));
		return until;
	}

	private void write(String key, Instant until, Duration life) {
		Backoff backoff = new Backoff(this.listener);
		while (true) {
			SessionRecord present = this.strategy.readData(key);
			Instant before = read(key, present);
			if (before != null && before.isAfter(until)) {
				return;
			}
			boolean written = (present == null) ? this.strategy.createData(key, record(1, until, life))
					: UpdateOutcome.UPDATED
						.equals(this.strategy.updateData(key, record(present.version() + 1, until, life)));
			if (written) {
				return;
			}
			backoff.pause();
		}
	}

	/** Until no cookie from before can be valid any more. */
	private Duration longest() {
		return Lifetimes.CLOCKS.plus(this.lifetimes.absolute());
	}

	/**
	 * Until no cookie from before can be valid any more unless it is renewed, which the
	 * nodes do that have asked a moment ago and no others. Sessions without a subject
	 * come in any number, and nobody is to fill the store with their ends.
	 */
	private Duration shortest(Found told, Instant now) {
		Duration idle = this.lifetimes.of(told.document());
		Duration rest = Duration.between(now, told.expires());
		Duration life = ((rest.compareTo(idle) > 0) ? rest : idle).plus(this.cache.time()).plus(Lifetimes.CLOCKS);
		return (life.compareTo(longest()) < 0) ? life : longest();
	}

	private static SessionRecord record(long version, Instant moment, Duration life) {
		SessionDocument document = new SessionDocument();
		document.created(moment);
		return record(version, moment.plus(life), document);
	}

	private static SessionRecord record(long version, Instant expires, SessionDocument document) {
		byte[] json = document.toBytes();
		byte[] body = new byte[json.length + 1];
		body[0] = NOTE;
		System.arraycopy(json, 0, body, 1, json.length);
		return new SessionRecord(version, expires, body);
	}

	private static @Nullable SessionDocument document(SessionRecord record) {
		byte[] body = record.body();
		return (body.length > 0 && body[0] == NOTE) ? SessionDocument.parse(body, 1, body.length - 1) : null;
	}

	/** The prefix keeps it apart from the key of any record. */
	private static String key(String sid) {
		return SessionIds.key("ended " + sid);
	}

	private static String keptKey(String sid) {
		return SessionIds.key("kept " + sid);
	}

}
