package io.sessionkit;

import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/**
 * What a storage lays down for the content of its sessions.
 *
 * @param json the mapper of the values
 * @param typed the mapper of values that come back as what they were
 * @param format how sessions are written
 * @param handles makes of an id what may be shown of it
 * @param inRecords whether they are kept in records, and not in the cookie
 * @param limit the most bytes of JSON that can ever fit
 * @param unreadable counts values that no longer deserialize
 * @param warnings says so, not too often
 * @param listener is told of them
 */
record ContentRules(SessionJson json, TypedJson typed, SessionFormat format, UnaryOperator<String> handles,
		boolean inRecords, int limit, LongAdder unreadable, OncePerMinute warnings, SessionStorageListener listener) {

	static final int RECORD_LIMIT = 256 * 1024;

	static ContentRules ofRecords(SessionJson json, TypedJson typed, SessionFormat format,
			UnaryOperator<String> handles, SessionStorageListener listener, InstantSource clock) {
		return new ContentRules(json, typed, format, handles, true, RECORD_LIMIT, new LongAdder(),
				new OncePerMinute(clock), listener);
	}

	static ContentRules ofCookies(SessionJson json, TypedJson typed, SessionFormat format,
			UnaryOperator<String> handles, int limit, SessionStorageListener listener, InstantSource clock) {
		return new ContentRules(json, typed, format, handles, false, limit, new LongAdder(), new OncePerMinute(clock),
				listener);
	}

	/** An id for a new session, empty where there is no room for one. */
	String newId() {
		return this.inRecords ? this.format.newRecordId() : this.format.newHolderId();
	}

	void countUnreadable() {
		this.unreadable.increment();
		this.listener.valueUnreadable();
	}

}
