package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.sessionkit.SubjectList.Entry;
import io.sessionkit.SubjectSessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sessions a subject has: one record for each subject, kept through the four verbs
 * like a session, so that every strategy can do it. A session is listed before its record
 * is written; two calls. Of one node's logins of one subject one at a time writes, and
 * the version settles it between nodes.
 */
final class SubjectIndex {

	private static final int LOCKS = 64;

	/** A store that is slow must not make a crowd of logins wait for one another. */
	private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

	/** So many of a crowd make room at once, so that not each login has to. */
	private static final int EVICTED = SubjectList.BATCH;

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.SubjectSessions");

	private final Lock[] locks = Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

	private final OncePerMinute warnings;

	private final SessionIdStorageStrategy strategy;

	private final Lifetimes lifetimes;

	private final SessionStorageListener listener;

	SubjectIndex(SessionIdStorageStrategy strategy, Lifetimes lifetimes, SessionStorageListener listener) {
		this.strategy = strategy;
		this.lifetimes = lifetimes;
		this.listener = listener;
		this.warnings = new OncePerMinute(lifetimes::now);
	}

	/**
	 * Lists a session whose record is about to be written.
	 * @param subject the index key
	 * @param key the storage key
	 * @param until when it ends at the latest
	 * @return the sessions that have to end, where the subject has too many; mostly none
	 */
	List<Entry> add(String subject, String key, Instant until) {
		List<Entry> evicted = new ArrayList<>(0);
		change(subject, (list) -> {
			evicted.clear();
			SubjectList longer = list.with(new Entry(key, this.lifetimes.now(), until));
			return longer.isFull() ? roomier(longer, evicted) : longer;
		});
		return evicted;
	}

	/** The oldest first. */
	List<Entry> entries(String subject) {
		SessionRecord record = this.strategy.readData(subject);
		return (record != null) ? SubjectList.of(record.body()).entries() : List.of();
	}

	/**
	 * Drops those that have lost their record, unless they were listed anew meanwhile.
	 */
	void remove(String subject, List<Entry> entries) {
		if (!entries.isEmpty()) {
			change(subject, (list) -> list.without(entries));
		}
	}

	/**
	 * Drops what has lost its record. A subject with thousands of live sessions, as a
	 * program that logs in for each of its requests, loses the oldest.
	 */
	private SubjectList roomier(SubjectList full, List<Entry> evicted) {
		Instant now = this.lifetimes.now();
		List<Entry> lost = new ArrayList<>();
		for (List<Entry> batch : SubjectList.batches(full.entries())) {
			Map<String, SessionRecord> records = this.strategy.readAll(batch.stream().map(Entry::key).toList());
			batch.stream().filter((entry) -> isLost(entry, records.get(entry.key()), now)).forEach(lost::add);
		}
		SubjectList rest = full.without(lost);
		if (rest.entries().size() > SubjectList.MOST) {
			evicted.addAll(rest.entries().subList(0, EVICTED));
			rest = rest.without(evicted);
			if (this.warnings.isDue("full")) {
				logger.warn(
						"A subject has more than {} sessions, and the {} oldest are ended; let a program keep its "
								+ "session, or limit them with SubjectSessions.endOldest. (Said once a minute.)",
						SubjectList.MOST, EVICTED);
			}
		}
		return rest.withRoom();
	}

	/** Whether an entry may go. */
	static boolean isLost(Entry entry, @Nullable SessionRecord record, Instant now) {
		return (record == null || record.isTombstone()) && !entry.isInFlight(now);
	}

	private void change(String subject, UnaryOperator<SubjectList> change) {
		Lock lock = this.locks[Math.floorMod(subject.hashCode(), LOCKS)];
		boolean locked = isLocked(lock);
		try {
			changeNow(subject, change);
		}
		finally {
			if (locked) {
				lock.unlock();
			}
		}
	}

	/** Without the lock the version alone settles it, with more attempts. */
	private static boolean isLocked(Lock lock) {
		try {
			return lock.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private void changeNow(String subject, UnaryOperator<SubjectList> change) {
		Backoff backoff = new Backoff(this.listener);
		SessionRecord present = this.strategy.readData(subject);
		while (true) {
			SubjectList before = SubjectList.of((present != null) ? present.body() : new byte[0]);
			SubjectList after = change.apply(before);
			if (after.equals(before)) {
				return;
			}
			if (present == null) {
				if (this.strategy.createData(subject, record(1, after))) {
					return;
				}
				backoff.pause();
				present = this.strategy.readData(subject);
				continue;
			}
			UpdateOutcome outcome = this.strategy.updateData(subject, record(present.version() + 1, after));
			if (outcome.isUpdated()) {
				return;
			}
			present = outcome.present();
			if (outcome.isConflict()) {
				backoff.pause();
				present = (present != null) ? present : this.strategy.readData(subject);
			}
		}
	}

	private SessionRecord record(long version, SubjectList list) {
		return new SessionRecord(version, list.end(this.lifetimes.now()), list.toBytes(), true);
	}

}
