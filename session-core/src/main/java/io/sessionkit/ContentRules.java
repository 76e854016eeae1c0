package io.sessionkit;

import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a storage lays down for the content of its sessions.
 *
 * @param json the mapper of the values
 * @param wire how sessions are written
 * @param inRecords whether they are kept in records, and not in the cookie
 * @param limit the most bytes of JSON that can ever fit
 * @param unreadable counts values that no longer deserialize
 * @param warnings says so, not too often
 * @param listener is told of them
 */
record ContentRules(SessionJson json, SessionWire wire, boolean inRecords, int limit, LongAdder unreadable,
		OncePerMinute warnings, SessionStorageListener listener) {

	static final int RECORD_LIMIT = 256 * 1024;

	static ContentRules ofRecords(SessionJson json, SessionWire wire, SessionStorageListener listener,
			InstantSource clock) {
		return new ContentRules(json, wire, true, RECORD_LIMIT, new LongAdder(), new OncePerMinute(clock), listener);
	}

	static ContentRules ofCookies(SessionJson json, SessionWire wire, int limit, SessionStorageListener listener,
			InstantSource clock) {
		return new ContentRules(json, wire, false, limit, new LongAdder(), new OncePerMinute(clock), listener);
	}

	void countUnreadable() {
		this.unreadable.increment();
		this.listener.valueUnreadable();
	}

}
