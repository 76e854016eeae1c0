package io.sessionkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import io.sessionkit.SubjectList.Entry;
import io.sessionkit.SubjectSessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of the sessions of each principal name. Each list is one record, which is read
 * and written like a session, so every strategy can keep it. A session is listed before
 * its record is written, which takes two calls. Concurrent logins with the same name on
 * one instance are written together. Between instances the version resolves conflicts.
 */
final class SubjectIndex {

	/**
	 * How many sessions are ended at once if there are too many, so that not every login
	 * has to do this.
	 */
	private static final int EVICTED = 10;

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.SubjectSessions");

	private final ConcurrentMap<String, Crowd> crowds = new ConcurrentHashMap<>();

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
	 * @param subject the key of the list
	 * @param key the key of the session
	 * @param from the former key of the session; {@code null} if it has none
	 * @param until the latest time at which it expires
	 * @return sessions that the caller has to end and remove, because there are too many;
	 * usually none. {@code null} if the session is being ended
	 */
	@Nullable List<Entry> add(String subject, String key, @Nullable String from, Instant until) {
		List<Entry> evicted = new ArrayList<>(0);
		AtomicBoolean ending = new AtomicBoolean();
		change(subject, (list) -> {
			evicted.clear();
			ending.set(list.isEnding(from));
			if (ending.get()) {
				return list;
			}
			SubjectList longer = list.with(key, this.lifetimes.now(), until);
			return longer.isFull() ? roomier(longer, evicted) : longer;
		});
		return ending.get() ? null : evicted;
	}

	/**
	 * Marks sessions as being ended, so that they cannot get another id and escape by
	 * that.
	 * @param kept the key of a session that is not ended; {@code null} for none
	 * @return the other sessions
	 */
	List<Entry> ending(String subject, @Nullable String kept) {
		List<Entry> others = new ArrayList<>();
		change(subject, (list) -> {
			SubjectList ending = list.ending(kept);
			others.clear();
			ending.entries().stream().filter((entry) -> !entry.key().equals(kept)).forEach(others::add);
			return ending;
		});
		return others;
	}

	/** Returns the entries, the oldest first. */
	List<Entry> entries(String subject) {
		SessionRecord record = this.strategy.readData(subject);
		return (record != null) ? SubjectList.of(record.body()).entries() : List.of();
	}

	/**
	 * Removes entries without a record, unless they were listed again in the meantime.
	 */
	void remove(String subject, List<Entry> entries) {
		if (!entries.isEmpty()) {
			change(subject, (list) -> list.without(entries));
		}
	}

	/**
	 * Removes entries without a record. If a user has thousands of live sessions, for
	 * example because a program logs in with each request, the oldest ones have to be
	 * ended. A login does not fail if the other records cannot be read.
	 */
	private SubjectList roomier(SubjectList full, List<Entry> evicted) {
		Instant now = this.lifetimes.now();
		List<Entry> lost = new ArrayList<>();
		try {
			for (List<Entry> batch : SubjectList.batches(full.entries())) {
				Map<String, SessionRecord> records = this.strategy.readAll(batch.stream().map(Entry::key).toList());
				batch.stream().filter((entry) -> isLost(entry, records.get(entry.key()), now)).forEach(lost::add);
			}
		}
		catch (SessionStorageException ex) {
			logger.debug("The list of a subject's sessions is not tidied now", ex);
		}
		SubjectList rest = full.without(lost);
		if (rest.entries().size() > SubjectList.MOST) {
			rest.entries().stream().filter((entry) -> !entry.isInFlight(now)).limit(EVICTED).forEach(evicted::add);
			if (this.warnings.isDue("full")) {
				logger.warn(
						"A subject has more than {} sessions, and the oldest are ended; let a program keep its "
								+ "session, or limit them with SubjectSessions.endOldest. (Said once a minute.)",
						SubjectList.MOST);
			}
		}
		return rest.withRoom();
	}

	/** Returns whether an entry can be removed. */
	static boolean isLost(Entry entry, @Nullable SessionRecord record, Instant now) {
		return (record == null || record.isTombstone()) && !entry.isInFlight(now);
	}

	private void change(String subject, UnaryOperator<SubjectList> change) {
		Crowd crowd = this.crowds.compute(subject, (key, last) -> Crowd.joined(last, change));
		if (crowd.first == change) {
			writeTogether(subject, crowd);
		}
		try {
			crowd.written.join();
		}
		catch (CompletionException ex) {
			if (crowd.interrupted && crowd.first != change) {
				change(subject, change);
				return;
			}
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw (ex.getCause() instanceof RuntimeException failure) ? failure : ex;
		}
	}

	private void writeTogether(String subject, Crowd crowd) {
		try {
			crowd.awaitTurn();
			this.crowds.computeIfPresent(subject, (key, last) -> {
				crowd.closed = true;
				return last;
			});
			changeNow(subject, crowd::applyTo);
			crowd.written.complete(true);
		}
		catch (Throwable ex) { // the others wait for any outcome
			crowd.interrupted = Thread.currentThread().isInterrupted();
			crowd.written.completeExceptionally(ex);
		}
		finally {
			this.crowds.remove(subject, crowd);
		}
	}

	/**
	 * Changes of one list that are written together, because they arrived while earlier
	 * ones were written. The thread of the first change writes, and the others wait for
	 * it.
	 */
	private static final class Crowd {

		private final UnaryOperator<SubjectList> first;

		private final Thread writer = Thread.currentThread();

		private final List<UnaryOperator<SubjectList>> changes = new ArrayList<>();

		private final CompletableFuture<Boolean> written = new CompletableFuture<>();

		/** The changes that are written first; {@code null} when they are done. */
		private volatile @Nullable Crowd before;

		private boolean closed;

		/** An interrupt concerns only the thread that writes. The others try again. */
		private boolean interrupted;

		private Crowd(UnaryOperator<SubjectList> first, @Nullable Crowd before) {
			this.first = first;
			this.before = before;
		}

		/**
		 * Adds a change to those that wait, or starts a new group.
		 * @throws IllegalStateException if the thread is writing this very list and would
		 * wait for itself
		 */
		static Crowd joined(@Nullable Crowd last, UnaryOperator<SubjectList> change) {
			Crowd earlier = (last != null) ? last.before : null;
			if ((last != null && last.isOfThisThread()) || (earlier != null && earlier.isOfThisThread())) {
				throw new IllegalStateException("The list of a subject's sessions is just being written; a listener "
						+ "that is told of this cannot log the same subject in");
			}
			Crowd crowd = (last == null || last.closed) ? new Crowd(change, last) : last;
			crowd.changes.add(change);
			return crowd;
		}

		private boolean isOfThisThread() {
			return this.writer.equals(Thread.currentThread()) && !this.written.isDone();
		}

		/** Waits for the earlier changes, whether they succeed or not. */
		void awaitTurn() {
			Crowd earlier = this.before;
			if (earlier != null) {
				earlier.written.exceptionally((failure) -> false).join();
				this.before = null;
			}
		}

		SubjectList applyTo(SubjectList before) {
			SubjectList after = before;
			for (UnaryOperator<SubjectList> change : this.changes) {
				after = change.apply(after);
			}
			return after;
		}

	}

	private void changeNow(String subject, UnaryOperator<SubjectList> change) {
		Backoff backoff = new Backoff(this.listener);
		SessionRecord present = this.strategy.readData(subject);
		int refusals = 0;
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
				if (present == null && ++refusals > 1) {
					this.strategy.deleteData(subject); // it is damaged
				}
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
