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
 * Which sessions a subject has: one record for each subject, kept through the four verbs
 * like a session, so that every strategy can do it. A session is listed before its record
 * is written; two calls. Logins of one subject that meet on one node are written
 * together, and the version settles it between nodes.
 */
final class SubjectIndex {

	/** So many of a crowd make room at once, so that not each login has to. */
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
	 * @param subject the index key
	 * @param key the storage key
	 * @param from the key that it had until now; {@code null} for none
	 * @param until when it ends at the latest
	 * @return the sessions that have to end, where the subject has too many, and then to
	 * be removed; mostly none. {@code null} if the session is just being ended
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
	 * Lets no session change its id any more, so that none escapes who ends them.
	 * @param kept the key of one that may; {@code null} for none
	 * @return the others
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
	 * program that logs in for each of its requests, loses the oldest. A login does not
	 * depend on reading the others.
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

	/** Whether an entry may go. */
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
		catch (Throwable ex) { // whatever it is, the others wait
			crowd.interrupted = Thread.currentThread().isInterrupted();
			crowd.written.completeExceptionally(ex);
		}
		finally {
			this.crowds.remove(subject, crowd);
		}
	}

	/**
	 * Changes of one list that are written together: those that came while the ones
	 * before were written. The thread of the first one writes, the others wait for it.
	 */
	private static final class Crowd {

		private final UnaryOperator<SubjectList> first;

		private final Thread writer = Thread.currentThread();

		private final List<UnaryOperator<SubjectList>> changes = new ArrayList<>();

		private final CompletableFuture<Boolean> written = new CompletableFuture<>();

		/** Those whose turn comes first; {@code null} once it is over. */
		private volatile @Nullable Crowd before;

		private boolean closed;

		/** Which is the business of one thread, so that the others try again. */
		private boolean interrupted;

		private Crowd(UnaryOperator<SubjectList> first, @Nullable Crowd before) {
			this.first = first;
			this.before = before;
		}

		/**
		 * Adds a change to those that wait, or begins a crowd.
		 * @throws IllegalStateException if the thread writes this very list, and would
		 * wait for itself
		 */
		static Crowd joined(@Nullable Crowd last, UnaryOperator<SubjectList> change) {
			Crowd earlier = (last != null) ? last.before : null;
			if ((last != null && last.isOfThisThread()) || (earlier != null && earlier.isOfThisThread())) {
				throw new IllegalStateException("The list of a subject's sessions is just being written, of which a "
						+ "listener hears; it cannot log the same subject in");
			}
			Crowd crowd = (last == null || last.closed) ? new Crowd(change, last) : last;
			crowd.changes.add(change);
			return crowd;
		}

		private boolean isOfThisThread() {
			return this.writer.equals(Thread.currentThread()) && !this.written.isDone();
		}

		/** Whether those before succeeded is their own business. */
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
					this.strategy.deleteData(subject); // damaged: neither readable nor
														// replaced
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
