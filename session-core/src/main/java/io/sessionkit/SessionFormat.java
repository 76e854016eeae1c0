package io.sessionkit;

import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a storage lays down for the content of its sessions: the JSON mapper and the
 * largest document.
 *
 * @param json the mapper
 * @param wire what the document looks like
 * @param what what the document is kept in, for messages: a cookie or a record
 * @param limit the most bytes of JSON that can ever fit
 * @param unreadable counts values that no longer deserialize
 * @param warnings says so, not too often
 * @param listener is told of them
 */
record SessionFormat(SessionJson json, SessionWire wire, String what, int limit, LongAdder unreadable,
		OncePerMinute warnings, SessionStorageListener listener) {

	private static final String RECORD = "record";

	static final int RECORD_LIMIT = 256 * 1024;

	static SessionFormat ofRecords(SessionJson json, SessionWire wire, SessionStorageListener listener,
			InstantSource clock) {
		return new SessionFormat(json, wire, RECORD, RECORD_LIMIT, new LongAdder(), new OncePerMinute(clock), listener);
	}

	static SessionFormat ofCookies(SessionJson json, SessionWire wire, int limit, SessionStorageListener listener,
			InstantSource clock) {
		return new SessionFormat(json, wire, "cookie", limit, new LongAdder(), new OncePerMinute(clock), listener);
	}

	boolean isRecord() {
		return this.what.equals(RECORD);
	}

	void countUnreadable() {
		this.unreadable.increment();
		this.listener.valueUnreadable();
	}

}
