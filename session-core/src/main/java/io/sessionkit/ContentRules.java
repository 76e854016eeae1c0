package io.sessionkit;

import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/**
 * The rules of a storage for the content of its sessions.
 *
 * @param json the mapper of the values
 * @param typed the mapper of values that keep their classes
 * @param format the format of the sessions
 * @param handles turns an id into a handle, which may be shown
 * @param inRecords whether the sessions are in a store, and not in the cookie
 * @param limit the most bytes of JSON that can ever fit
 * @param unreadable counts the values that do not fit their type any more
 * @param warnings limits how often this is logged
 * @param listener is called for each of them
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

	/** Creates an id for a new session; empty if the format has no place for one. */
	String newId() {
		return this.inRecords ? this.format.newRecordId() : this.format.newHolderId();
	}

	void countUnreadable() {
		this.unreadable.increment();
		this.listener.valueUnreadable();
	}

}
