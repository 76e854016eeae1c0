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
 * A record as an item. Version and expiry are attributes of their own, since a condition
 * cannot look into the body.
 *
 * @param table the table
 */
record Items(SessionTable table) {

	static final String VERSION = "version";

	/**
	 * The expiry in epoch milliseconds. It is separate from the TTL attribute, which
	 * operators may change.
	 */
	static final String EXPIRES = "expires";

	static final String BODY = "body";

	/** A random number by which a write recognizes its own result. */
	static final String STAMP = "stamp";

	/**
	 * The condition that a live record meets, for use with {@link #LIVE_NAMES} and
	 * {@link #liveValues}.
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
	 * @param item the item; empty if there is none
	 * @return the record, or {@code null} if there is none or it is unreadable. It can be
	 * unreadable only if another program wrote to the table, and a warning is logged
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

	/** Whether the write with this stamp left this item. */
	static boolean isStamped(Map<String, AttributeValue> item, long stamp) {
		return number(stamp).equals(item.get(STAMP));
	}

	static AttributeValue number(long value) {
		return AttributeValue.fromN(Long.toString(value));
	}

	/**
	 * The number in an attribute.
	 * @throws NumberFormatException if it is missing, of another type, or not a number
	 */
	static long number(@Nullable AttributeValue value) {
		// parseLong throws a NumberFormatException for null.
		return Long.parseLong((value != null) ? value.n() : null);
	}

}
