package io.sessionkit;

import java.time.Instant;
import java.util.Map;

/**
 * A strategy that can also find the records of one subject, so that
 * {@link SubjectSessions} can list and end somebody's sessions. Optional: without it
 * everything else works.
 *
 * <p>
 * What {@link SessionRecord#subject()} holds is an opaque index key of 43 characters of
 * {@code [A-Za-z0-9_-]}, a keyed hash: it is never what the application named as the
 * subject, and safe in a file name, a statement or a URL. One record has one subject or
 * none, and a write may change it. There is no verb to delete by subject: the storage
 * ends each session by a tombstone, through {@link #updateData}.
 *
 * <p>
 * How to keep the index:
 * <ul>
 * <li>Where the record is a row, the subject is an indexed column, written by the same
 * statement: implement {@link #findData} alone.
 * <li>Where a write reaches one key only, as in a cluster, keep a sorted set per subject
 * under a name of its own, with storage keys as members and the moment they end as score:
 * {@link #indexData} adds, removes what has ended, and lets the set expire with its last
 * member. {@link #findData} reads the records of the members. It must not drop a member
 * that has no record yet, since that may be about to be written; one that has had a
 * minute for it may go.
 * <li>In a file system, likewise with a directory per subject and an empty file per
 * storage key.
 * </ul>
 * A new strategy proves itself by extending {@code SubjectContract} of the test-jar.
 */
public interface SubjectIndexStrategy extends SessionIdStorageStrategy {

	/**
	 * Returns records of a subject: as {@link #readData} would return them, and only
	 * those whose {@link SessionRecord#subject()} is this one now. What was acknowledged
	 * before the call is found, where the limit allows.
	 * @param subject the index key
	 * @param limit how many to return at most, at least 1; which ones, where there are
	 * more, is up to the strategy
	 * @return the records by their keys; empty if there are none
	 * @throws SessionStorageException if the store failed
	 */
	Map<String, SessionRecord> findData(String subject, int limit);

	/**
	 * Notes that a record of this key is about to be written with this subject, for an
	 * index that is kept beside the records. Called only where the stored record, if
	 * there is one, has another subject, and always before the write, so that no record
	 * is missing in the index; the write may then fail, and an entry without a record is
	 * not found. Later writes of the record, which may prolong it up to the given moment,
	 * do not call it again. Does nothing by default.
	 * @param subject the index key
	 * @param key the storage key
	 * @param until the latest moment to which the record can live
	 * @throws SessionStorageException if the store failed
	 */
	default void indexData(String subject, String key, Instant until) {
	}

}
