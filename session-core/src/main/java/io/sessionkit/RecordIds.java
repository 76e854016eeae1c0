package io.sessionkit;

import java.time.Instant;
import java.util.List;

/**
 * The ids of sessions in records: how they are made, travel in a cookie, and name a
 * record.
 */
sealed interface RecordIds permits HashedIds, SharedIds {

	/** The ids that the cookies say. */
	BroughtCookies read(StorageCookie cookie, List<String> values);

	/** What a cookie is to say. */
	byte[] payload(String id, Instant issued);

	String newId();

	/** Under what the strategy keeps the record. */
	String key(String id);

	/** What stands for a key in a log. */
	String shown(String key);

	/** The version that a record has once it is written. */
	long version(SessionRecord written);

}
