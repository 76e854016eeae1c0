package io.sessionkit;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import io.sessionkit.SubjectSessions;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of sessions in a store. Implement the first four methods to use a
 * store of your own. The {@link SessionStorage} does everything else: it creates the ids,
 * hashes them to keys, counts versions, encodes bodies, merges concurrent changes, checks
 * expiry, and lists the sessions of a principal name in another record.
 *
 * <p>
 * A key has 43 characters of {@code [A-Za-z0-9_-]} and is the base64url of a SHA-256
 * hash. It is never an id, and a client cannot choose it, so it is safe in a file name, a
 * statement or a URL. A body consists of up to 256 KiB of bytes, which a strategy does
 * not interpret. All records are kept in the same way, including tombstones, which are
 * the records of ended sessions, and lists of sessions.
 *
 * <p>
 * The other methods are optional and have default implementations. Override one if the
 * store can do the same in fewer round trips, or to say what the store cannot do.
 *
 * <p>
 * All methods are called concurrently. If the store fails, or does not answer within the
 * strategy's own timeout, a method throws a {@link SessionStorageException}. Data that is
 * not a readable record, because it is truncated or comes from another program, is
 * treated as absent. The test-jar contains a contract test, which the test of a strategy
 * should extend.
 *
 * @see <a href="https://reactrouter.com/api/utils/createSessionStorage">React Router's
 * createSessionStorage</a>, whose strategy also creates the ids; here it never sees one
 */
public interface SessionIdStorageStrategy {

	/**
	 * Stores a new record if there is none under this key, or if the one that is there
	 * has expired.
	 * @param key the key
	 * @param record the record, with version 1
	 * @return {@code false} if the key is taken; nothing was written then
	 * @throws SessionStorageException if the store failed
	 */
	boolean createData(String key, SessionRecord record);

	/**
	 * Returns the record that the last acknowledged write stored.
	 * @param key the key
	 * @return the record, or {@code null} if there is none, it has expired, or the stored
	 * data is not a record
	 * @throws SessionStorageException if the store failed
	 */
	@Nullable SessionRecord readData(String key);

	/**
	 * Replaces the record atomically if the stored version is exactly
	 * {@code record.version() - 1}. This must never create a record: one that was deleted
	 * or has expired stays absent. The unchanged version proves that nobody has ended the
	 * session since it was read. This matters for requests that take longer than the idle
	 * timeout.
	 * @param key the key
	 * @param record the new record
	 * @return {@link UpdateOutcome#UPDATED} on success. If another version is stored,
	 * {@link UpdateOutcome#conflict} with the record that is there, or
	 * {@link UpdateOutcome#CONFLICT} without it. {@link UpdateOutcome#CONFLICT} also if
	 * the strategy cannot tell whether there is a record. {@link UpdateOutcome#GONE} if
	 * there is no record or it has expired
	 * @throws SessionStorageException if the store failed; the write may or may not have
	 * happened then
	 */
	UpdateOutcome updateData(String key, SessionRecord record);

	/**
	 * Deletes the record, whatever its version is. Does nothing if the key is unknown.
	 * @param key the key
	 * @throws SessionStorageException if the store failed
	 */
	void deleteData(String key);

	/**
	 * Moves a session to a new key. This creates the new record and then replaces the old
	 * one with a tombstone, as {@link #updateData} does. If the latter is refused, no new
	 * record may remain.
	 *
	 * <p>
	 * By default this takes two or three calls. A store that does it in one call saves a
	 * round trip at each login. If a store cannot do both at once, it has to write the
	 * new record first, so that a crash in between does not lose the session.
	 * @param oldKey the key of the session up to now
	 * @param tombstone the record that replaces the old one
	 * @param newKey the key from now on, which is random and unused
	 * @param record the new record, with version 1
	 * @return what happened to the old record; there is a new record only if this is
	 * {@link UpdateOutcome#UPDATED}
	 * @throws SessionStorageException if the store failed or the new key is taken; both
	 * writes may or may not have happened then
	 */
	default UpdateOutcome moveData(String oldKey, SessionRecord tombstone, String newKey, SessionRecord record) {
		if (!createData(newKey, record)) {
			throw new SessionStorageException("The strategy reported a random key as taken; check its createData",
					null);
		}
		try {
			UpdateOutcome outcome = updateData(oldKey, tombstone);
			if (!outcome.isUpdated()) {
				deleteData(newKey);
			}
			return outcome;
		}
		catch (Exception ex) { // Kotlin declares none
			try {
				deleteData(newKey);
			}
			catch (Exception again) {
				if (again != ex) {
					ex.addSuppressed(again);
				}
			}
			throw ex;
		}
	}

	/**
	 * Reads several records, as {@link #readData} does for each of them. The default
	 * implementation reads them one by one. If a store reads many records in one call,
	 * listing the sessions of a user takes two calls.
	 * @param keys up to 100 different keys
	 * @return the records that exist, by their keys; may be empty
	 * @throws SessionStorageException if the store failed
	 */
	default Map<String, SessionRecord> readAll(Collection<String> keys) {
		Map<String, SessionRecord> records = new HashMap<>();
		for (String key : keys) {
			SessionRecord record = readData(key);
			if (record != null) {
				records.put(key, record);
			}
		}
		return records;
	}

	/**
	 * Sets the listener for records that this strategy removes because they have expired.
	 * A storage that has listeners calls this when it is built. A second call replaces
	 * the listener. Until this is called, a strategy need not read the records that it
	 * removes.
	 *
	 * <p>
	 * The strategy passes the key and the removed record to the listener, whatever kind
	 * of record it is, after the removal and without holding a lock. If several instances
	 * share the store, only the one whose removal succeeded calls its listener. A record
	 * that was renewed in the meantime stays and is not reported. The listener never
	 * throws an exception.
	 * @param listener receives the key and the record
	 * @see SessionStorageListener#expired
	 */
	default void onExpired(BiConsumer<String, SessionRecord> listener) {
	}

	/**
	 * Returns whether the store is consistent. What one instance writes must be visible
	 * to all others at once, and of two concurrent updates of the same version one must
	 * be refused. The lists of sessions by principal name depend on this.
	 * @return {@code true} by default; if {@code false}, {@link SubjectSessions} cannot
	 * list or end the sessions that are kept here
	 */
	default boolean isConsistent() {
		return true;
	}

}
