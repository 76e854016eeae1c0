package io.sessionkit;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import io.sessionkit.SubjectSessions;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of sessions are kept: the four verbs that a user implements to bring
 * a store of their own. The {@link SessionStorage} does everything else: it makes the
 * ids, hashes them to keys, counts versions, encodes bodies, merges concurrent changes,
 * checks expiry, and lists the sessions of a subject in a record of its own.
 *
 * <p>
 * A key is 43 characters of {@code [A-Za-z0-9_-]}, the base64url of a SHA-256: it is
 * never an id and never something that a client chose, so it is safe in a file name, a
 * statement or a URL. A body is opaque bytes up to 256 KiB; what the storage writes, a
 * tombstone or the list of a subject's sessions too, is kept like every other record.
 *
 * <p>
 * The other methods are optional. Each has a default in terms of the four verbs, which a
 * strategy overrides where its store does the same in fewer round trips, or says what its
 * store cannot do.
 *
 * <p>
 * Every method may be called by many threads at once. A backend that fails, or does not
 * answer in the strategy's own time limit, is a {@link SessionStorageException}. Whatever
 * a store cannot read any more (a cut or foreign record) is absent, not an exception. A
 * new strategy proves itself by extending the contract test of the test-jar.
 *
 * @see <a href="https://reactrouter.com/api/utils/createSessionStorage">React Router's
 * createSessionStorage</a>, whose strategy also invents the ids; here it never sees one
 */
public interface SessionIdStorageStrategy {

	/**
	 * Stores a new record, only where nothing is stored under this key, or what is stored
	 * there has expired.
	 * @param key the key
	 * @param record the record, version 1
	 * @return {@code false} if the key is taken; then nothing was written
	 * @throws SessionStorageException if the store failed
	 */
	boolean createData(String key, SessionRecord record);

	/**
	 * Reads the record that the last acknowledged write left.
	 * @param key the key
	 * @return the record, or {@code null} if there is none, it has expired, or what is
	 * stored is no record
	 * @throws SessionStorageException if the store failed
	 */
	@Nullable SessionRecord readData(String key);

	/**
	 * Replaces the record, atomically, only where the stored version is exactly
	 * {@code record.version() - 1}. It never creates: what was deleted or has expired
	 * stays so. That the version is unchanged is what proves that nobody ended the
	 * session since it was read, also for a request that outlasts the idle timeout.
	 * @param key the key
	 * @param record the new record
	 * @return {@link UpdateOutcome#UPDATED}; {@link UpdateOutcome#conflict} with the
	 * record that is there, or {@link UpdateOutcome#CONFLICT} without it, if another
	 * version is stored or the strategy cannot tell whether the record is there;
	 * {@link UpdateOutcome#GONE} if there is none or it has expired
	 * @throws SessionStorageException if the store failed; then the write may or may not
	 * have happened
	 */
	UpdateOutcome updateData(String key, SessionRecord record);

	/**
	 * Removes the record, whatever its version. An unknown key is fine.
	 * @param key the key
	 * @throws SessionStorageException if the store failed
	 */
	void deleteData(String key);

	/**
	 * Gives a session a new key: creates its new record, then replaces the old one by its
	 * tombstone as {@link #updateData} does, and leaves no new record where that is
	 * refused. By default in these two or three steps; a store that does it in one call
	 * makes a new id, and so a login, a round trip cheaper. Where both cannot happen at
	 * once the new record comes first, or a crash in between would lose the session.
	 * @param oldKey the key of the session until now
	 * @param tombstone what replaces its record
	 * @param newKey the key from now on, random and unused
	 * @param record the record of version 1 to create there
	 * @return what became of the old record; only if it is {@link UpdateOutcome#UPDATED}
	 * is there a new one
	 * @throws SessionStorageException if the store failed, or the new key is taken; then
	 * both writes may or may not have happened
	 */
	default UpdateOutcome moveData(String oldKey, SessionRecord tombstone, String newKey, SessionRecord record) {
		if (!createData(newKey, record)) {
			throw new SessionStorageException(
					"The strategy said of a random key that it is taken; check its createData", null);
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
	 * Reads several records, as {@link #readData} does each; by default one by one. A
	 * store that reads many in one call lists the sessions of a subject in two.
	 * @param keys up to 100 different keys
	 * @return the records that are there, by their keys; empty for none
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
	 * Takes who is to hear of the records that the clean-up of this strategy removes,
	 * since they have expired. Called by a storage that has listeners when it is built,
	 * and at most by one: a later call counts instead. Before it, or where it never
	 * comes, nobody is to be told, and a clean-up need not read what it removes.
	 *
	 * <p>
	 * A strategy tells the key and the record as it removed it, whatever it is, after
	 * that and without a lock: once for each over all nodes, which is by whoever's
	 * removal succeeded. What was renewed meanwhile stays and is not told. Who hears it
	 * throws nothing.
	 * @param listener hears of the key and the record
	 * @see SessionStorageListener#expired
	 */
	default void onExpired(BiConsumer<String, SessionRecord> listener) {
	}

	/**
	 * Whether what one node wrote is at once what every node reads, and of two writes of
	 * one version one is refused: what the list of a subject's sessions needs.
	 * @return {@code true} by default; otherwise {@link SubjectSessions} cannot list or
	 * end the sessions that are kept here
	 */
	default boolean isConsistent() {
		return true;
	}

}
