package io.sessionkit.storage.dynamodb;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table: its name, its hash key, and the attribute by which DynamoDB removes what has
 * expired.
 *
 * @param name the name, or the ARN of a table elsewhere
 * @param idAttribute the hash key, a string
 * @param ttlAttribute when an item may go, in epoch seconds
 */
record SessionTable(String name, String idAttribute, String ttlAttribute) {

	private static final Pattern NAME = Pattern
		.compile("[A-Za-z0-9_.-]{3,255}|arn:[^\\s/]+:table/[A-Za-z0-9_.-]{3,255}");

	private static final int LONGEST_ATTRIBUTE = 255;

	private static final Set<String> TAKEN = Set.of(Items.VERSION, Items.EXPIRES, Items.BODY, Items.STAMP);

	/**
	 * Checks the names.
	 * @throws IllegalArgumentException if one is none that DynamoDB takes, or two are the
	 * same
	 */
	SessionTable {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("The table name '" + name
					+ "' is not possible; use 3 to 255 letters, digits and _ . -, or the ARN of a table");
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
					"The %s attribute '%s' is not possible; it has 1 to %d bytes and is none of %s".formatted(what,
							name, LONGEST_ATTRIBUTE, TAKEN.stream().sorted().toList()));
		}
	}

	/** What names the item of this id in a request. */
	Map<String, AttributeValue> key(String id) {
		return Map.of(this.idAttribute, AttributeValue.fromS(id));
	}

	/** The id of an item of this table. */
	String id(Map<String, AttributeValue> item) {
		return Objects.requireNonNull(item.get(this.idAttribute), "id").s();
	}

	/** The value of the TTL attribute: the first whole second that is not before. */
	static AttributeValue ttl(Instant end) {
		return AttributeValue.fromN(Long.toString(end.getEpochSecond() + ((end.getNano() > 0) ? 1 : 0)));
	}

	/** How somebody makes the table by hand. */
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
