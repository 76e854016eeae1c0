package io.sessionkit.storage.dynamodb;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.sessionkit.SessionRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A record as an item. Version and expiry are numbers of their own, since a condition can
 * compare nothing inside a body.
 *
 * @param table the table
 */
record Items(SessionTable table) {

	static final String VERSION = "version";

	/** In epoch milliseconds, since the TTL attribute belongs to the operator too. */
	static final String EXPIRES = "expires";

	static final String BODY = "body";

	/** A random number of the write, by which it knows itself again. */
	static final String STAMP = "stamp";

	/**
	 * What a live record meets; {@link #LIVE_NAMES} and {@link #liveValues} belong to it.
	 */
	static final String LIVE = "(#version >= :one AND #expires > :now)";

	static final Map<String, String> LIVE_NAMES = Map.of("#version", VERSION, "#expires", EXPIRES);

	private static final Logger logger = LoggerFactory
		.getLogger("io.sessionkit.storage.dynamodb.DynamoDbStorageStrategy");

	static Map<String, AttributeValue> liveValues(Instant now) {
		Map<String, AttributeValue> values = new HashMap<>();
		values.put(":one", number(1));
		values.put(":now", number(now.toEpochMilli()));
		return values;
	}

	Map<String, AttributeValue> of(String key, SessionRecord record, long stamp) {
		Map<String, AttributeValue> item = new HashMap<>(this.table.key(key));
		item.put(this.table.ttlAttribute(), SessionTable.ttl(record.expires()));
		item.put(VERSION, number(record.version()));
		item.put(EXPIRES, number(record.expires().toEpochMilli()));
		item.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(record.body())));
		item.put(STAMP, number(stamp));
		return item;
	}

	/**
	 * Reads a record, which may have expired.
	 * @param item empty where there is none
	 * @return {@code null} if there is none, or it is unreadable, which is only where
	 * somebody writes to the table by other ways, and a warning says so
	 */
	@Nullable SessionRecord record(String key, Map<String, AttributeValue> item) {
		if (item.isEmpty()) {
			return null;
		}
		SessionRecord record = parse(item);
		if (record == null) {
			logger.warn("The session record {}... is not readable and counts as absent", key.substring(0, 8));
		}
		return record;
	}

	private static @Nullable SessionRecord parse(Map<String, AttributeValue> item) {
		AttributeValue body = item.get(BODY);
		try {
			long version = number(item.get(VERSION));
			Instant expires = Instant.ofEpochMilli(number(item.get(EXPIRES)));
			if (version < 1 || body == null || body.b() == null) {
				return null;
			}
			return new SessionRecord(version, expires, body.b().asByteArrayUnsafe());
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/** Whether this is what the write of this stamp left. */
	static boolean isStamped(Map<String, AttributeValue> item, long stamp) {
		return number(stamp).equals(item.get(STAMP));
	}

	static AttributeValue number(long value) {
		return AttributeValue.fromN(Long.toString(value));
	}

	/**
	 * The number of an attribute.
	 * @throws NumberFormatException if it is missing, of another type, or none
	 */
	static long number(@Nullable AttributeValue value) {
		// parseLong takes null for no number.
		return Long.parseLong((value != null) ? value.n() : null);
	}

}
