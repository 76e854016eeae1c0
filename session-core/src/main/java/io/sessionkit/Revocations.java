package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.sessionkit.EndedSessions.Successor;
import io.sessionkit.RevocationCache.Answer;
import org.jspecify.annotations.Nullable;

/**
 * The ends of cookie-held sessions that all instances know.
 *
 * <p>
 * A record under the hash of a session id says when that session was ended. A record
 * under the hash of a principal name contains a time: all sessions that got this name up
 * to then are ended. That time lies ahead by as much as the clocks of instances may
 * differ, and a later login gets a time after it. The session that ended all others has
 * another record under a second hash of its id, for as long as requests are in flight.
 */
final class Revocations {

	private static final String SUCCESSOR = "next";

	/**
	 * A character that no JSON starts with, so that a note is never taken for a session.
	 */
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

	/** Returns whether sessions are accepted while the store is down. */
	boolean isOpen() {
		return this.open;
	}

	/**
	 * Returns when a session was ended, or its user was logged out everywhere.
	 * @param since when the session got its principal name
	 * @return {@code null} if it was not ended
	 * @throws SessionStorageException if the store failed and sessions are not accepted
	 * then
	 */
	@Nullable Instant endOf(String sid, @Nullable String subject, Instant since) {
		Instant end = revoked(List.of(key(sid)));
		if (end == null && subject != null) {
			Instant until = revoked(this.keys.revocations(subject));
			if (until == null || since.isAfter(until)) {
				return null;
			}
			// It was ended elsewhere. Nobody has logged in with that browser since, so a
			// late request cannot log anybody out, and the end may be long ago.
			return Objects.requireNonNullElse(revoked(List.of(keptKey(sid))), Instant.EPOCH);
		}
		return end;
	}

	/**
	 * Returns whether a session was ended, according to the store at this moment.
	 * @throws SessionStorageException if the store failed and sessions are not accepted
	 * then
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
			Warnings.storeFailed("A cookie-held session is accepted although it may have been ended elsewhere", ex);
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
	 * Returns the time to write into a session that gets a principal name now. It is
	 * after all revocations of that name.
	 * @throws SessionStorageException if the store failed and sessions are not accepted
	 * then
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
	 * Returns the time to write into a session. A new id does not change it, or a stolen
	 * session could escape a revocation by getting a new id.
	 */
	Instant since(SessionDocument document, String subject, Found found) {
		if (found.isLive() && subject.equals(found.document().subject())) {
			return since(document, found);
		}
		return since(subject);
	}

	/** Returns when a session got its principal name, as far as its cookie says. */
	static Instant since(SessionDocument document, Found found) {
		Instant before = Objects.requireNonNullElse(found.document().since(), found.created());
		return Objects.requireNonNullElse(document.since(), before);
	}

	/**
	 * Notes that a session was ended.
	 * @param life how long the note is kept, see {@link #lifeOf}
	 * @param successor the session under its new id; {@code null} if there is none
	 * @return {@code false} if another instance has noted it before
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
	 * Notes the end of the session that a session has become under another id, if another
	 * instance knows it.
	 * @return {@code false} if there is no live session
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

	/** Returns how long the end of a session has to be known. */
	Duration lifeOf(Found told) {
		return (told.document().subject() != null) ? longest() : shortest(told, this.lifetimes.now());
	}

	/**
	 * Notes that all sessions of a user were ended except one. Of that one only the next
	 * cookie is valid, although requests of its browser that are in flight still have the
	 * former one.
	 * @param sid the id of that session; empty if it has none yet
	 * @return up to which time sessions are ended
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
	 * Notes that all sessions of a user were ended.
	 * @return up to which time sessions are ended
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

	/** Returns after what time no existing cookie can be valid any more. */
	private Duration longest() {
		return Lifetimes.CLOCKS.plus(this.lifetimes.absolute());
	}

	/**
	 * Returns after what time no existing cookie can be valid any more if it is not
	 * renewed. Only an instance that has asked the store a moment ago could still renew
	 * it. There can be any number of sessions without a principal name, and their ends
	 * must not fill the store.
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

	/**
	 * Returns the key of a note. Its prefix distinguishes it from the keys of records.
	 */
	private static String key(String sid) {
		return SessionIds.key("ended " + sid);
	}

	private static String keptKey(String sid) {
		return SessionIds.key("kept " + sid);
	}

}
