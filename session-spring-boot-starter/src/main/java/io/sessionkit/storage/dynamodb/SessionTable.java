package io.sessionkit.storage.dynamodb;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table: its name, its partition key, and the attribute by which DynamoDB removes
 * expired items.
 *
 * @param name the name, or the ARN of a table in another account
 * @param idAttribute the partition key, a string
 * @param ttlAttribute the time after which an item may be removed, in epoch seconds
 */
record SessionTable(String name, String idAttribute, String ttlAttribute) {

	private static final Pattern NAME = Pattern
		.compile("[A-Za-z0-9_.-]{3,255}|arn:[^\\s/]+:table/[A-Za-z0-9_.-]{3,255}");

	private static final int LONGEST_ATTRIBUTE = 255;

	private static final Set<String> TAKEN = Set.of(Items.VERSION, Items.EXPIRES, Items.BODY, Items.STAMP);

	/**
	 * Checks the names.
	 * @throws IllegalArgumentException if DynamoDB does not accept a name, or the
	 * attributes are the same or used otherwise
	 */
	SessionTable {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("The table name '" + name
					+ "' is not valid; use 3 to 255 letters, digits and _ . -, or the ARN of a table");
		}
		requireAttribute("id", idAttribute);
		requireAttribute("TTL", ttlAttribute);
		if (idAttribute.equals(ttlAttribute)) {
			throw new IllegalArgumentException(
					"The id and the TTL attribute are both '" + idAttribute + "'; they must differ");
		}
	}

	private static void requireAttribute(String what, String name) {
		int length = name.getBytes(StandardCharsets.UTF_8).length;
		if (name.isBlank() || length > LONGEST_ATTRIBUTE || TAKEN.contains(name)) {
			throw new IllegalArgumentException(
					"The %s attribute '%s' is not valid; use 1 to %d bytes, and none of the names %s".formatted(what,
							name, LONGEST_ATTRIBUTE, TAKEN.stream().sorted().toList()));
		}
	}

	/** The key by which a request refers to the item with this id. */
	Map<String, AttributeValue> key(String id) {
		return Map.of(this.idAttribute, AttributeValue.fromS(id));
	}

	/** The id of an item of this table. */
	String id(Map<String, AttributeValue> item) {
		return Objects.requireNonNull(item.get(this.idAttribute), "id").s();
	}

	/** The value of the TTL attribute, rounded up to a whole second. */
	static AttributeValue ttl(Instant end) {
		return AttributeValue.fromN(Long.toString(end.getEpochSecond() + ((end.getNano() > 0) ? 1 : 0)));
	}

	/** The commands with which an administrator creates the table. */
	String commands() {
		return """
				aws dynamodb create-table --table-name %1$s --billing-mode PAY_PER_REQUEST \\
				    --attribute-definitions AttributeName=%2$s,AttributeType=S \\
				    --key-schema AttributeName=%2$s,KeyType=HASH
				aws dynamodb update-time-to-live --table-name %1$s \\
				    --time-to-live-specification Enabled=true,AttributeName=%3$s
				""".formatted(this.name, this.idAttribute, this.ttlAttribute).strip();
	}

}
