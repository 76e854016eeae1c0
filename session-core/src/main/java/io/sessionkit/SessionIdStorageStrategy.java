package io.sessionkit;

import org.jspecify.annotations.Nullable;

/**
 * Where the records of sessions are kept: the four verbs that a user implements to bring
 * a store of their own. The {@link SessionStorage} does everything else: it makes the
 * ids, hashes them to keys, counts versions, encodes bodies, merges concurrent changes
 * and checks expiry.
 *
 * <p>
 * A key is 43 characters of {@code [A-Za-z0-9_-]}, the base64url of a SHA-256: it is
 * never an id and never something that a client chose, so it is safe in a file name, a
 * statement or a URL. A body is opaque bytes up to 256 KiB; one that is empty, or begins
 * with {@code >} and names the key of a successor, is a tombstone and must be kept like
 * every other one.
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
	 * @return {@link UpdateOutcome#UPDATED}; {@link UpdateOutcome#CONFLICT} if another
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

}
