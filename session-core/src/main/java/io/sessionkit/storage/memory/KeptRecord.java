package io.sessionkit.storage.memory;

import java.time.Instant;

import io.sessionkit.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record in one object instead of three, since there may be very many of them. Records
 * are ordered by their expiry.
 */
final class KeptRecord implements Comparable<KeptRecord> {

	private final String key;

	private final long version;

	private final long expiresSecond;

	private final int expiresNano;

	private final boolean tombstone;

	private final boolean subjectList;

	private final boolean somebodys;

	private final byte[] body;

	/**
	 * Creates a record. A tombstone has no principal name itself, so this is taken from
	 * the record that it replaces.
	 */
	KeptRecord(String key, SessionRecord record, @Nullable KeptRecord before) {
		Instant expires = record.expires();
		this.key = key;
		this.version = record.version();
		this.expiresSecond = expires.getEpochSecond();
		this.expiresNano = expires.getNano();
		this.body = record.body();
		this.tombstone = record.isTombstone();
		this.subjectList = record.isSubjectList();
		this.somebodys = record.ofSubject() || (this.tombstone && before != null && before.somebodys);
	}

	String key() {
		return this.key;
	}

	long version() {
		return this.version;
	}

	/**
	 * Returns whether it is the record of a session with a principal name, or its
	 * tombstone.
	 */
	boolean isSomebodys() {
		return this.somebodys;
	}

	boolean isTombstone() {
		return this.tombstone;
	}

	boolean isSubjectList() {
		return this.subjectList;
	}

	boolean hasExpired(Instant now) {
		return (now.getEpochSecond() != this.expiresSecond) ? now.getEpochSecond() > this.expiresSecond
				: now.getNano() >= this.expiresNano;
	}

	SessionRecord record() {
		return new SessionRecord(this.version, Instant.ofEpochSecond(this.expiresSecond, this.expiresNano), this.body,
				this.somebodys);
	}

	@Override
	public int compareTo(KeptRecord other) {
		int order = Long.compare(this.expiresSecond, other.expiresSecond);
		if (order == 0) {
			order = Integer.compare(this.expiresNano, other.expiresNano);
		}
		return (order != 0) ? order : this.key.compareTo(other.key);
	}

}
