package io.sessionkit.storage.dynamodb;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Finds the records of a subject by the {@link SubjectItem} beside them. A global
 * secondary index would follow its table later, and a session could escape "log out
 * everywhere" meanwhile.
 */
final class SubjectIndex {

	/** What one BatchGetItem takes. */
	private static final int BATCH = 100;

	private static final int ATTEMPTS = 10;

	private final Calls calls;

	private final Items items;

	private final SessionTable table;

	private final BatchRead batchRead;

	private final InstantSource clock;

	SubjectIndex(Calls calls, Items items, InstantSource clock) {
		this.calls = calls;
		this.items = items;
		this.table = items.table();
		this.batchRead = new BatchRead(calls, this.table);
		this.clock = clock;
	}

	/**
	 * One request, as long as there is room and the subject's sessions end in the order
	 * of their beginning.
	 */
	void add(String subject, String key, Instant until) {
		String member = SubjectItem.member(key, this.clock.instant());
		SubjectItem present = SubjectItem.NONE;
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Integer room = present.isFull() ? makeRoom(subject, present) : null;
			SubjectItem inTheWay = add(subject, member, until, present.ttl(), room);
			if (inTheWay == null) {
				return;
			}
			present = inTheWay;
		}
		throw new SessionStorageException("Other requests changed the sessions of a subject during all of " + ATTEMPTS
				+ " attempts to add one; try again later", null);
	}

	/**
	 * Adds a member, and prolongs the life of the item unless it is long enough.
	 * @return {@code null} if it was added, otherwise the item that is full, or whose
	 * life was not as expected
	 */
	private @Nullable SubjectItem add(String subject, String member, Instant until, long presentTtl,
			@Nullable Integer room) {
		AttributeValue ttl = SessionTable.ttl(until);
		boolean prolong = presentTtl <= Items.number(ttl);
		List<String> assignments = new ArrayList<>();
		if (prolong) {
			assignments.add("#ttl = :ttl");
		}
		if (room != null) {
			assignments.add("#room = :room");
		}
		String set = assignments.isEmpty() ? "" : "SET " + String.join(", ", assignments) + " ";
		String life = prolong ? "(attribute_not_exists(#ttl) OR #ttl <= :ttl)" : "#ttl > :ttl";
		String hasRoom = "(attribute_not_exists(#keys) OR size(#keys) < :room"
				+ ((room != null) ? ")" : " OR size(#keys) < #room)");
		try {
			this.calls.call("index", (client, limit) -> client.updateItem((request) -> request
				.tableName(this.table.name())
				.key(this.table.key(SubjectItem.id(subject)))
				.updateExpression(set + "ADD #keys :member")
				.conditionExpression(hasRoom + " AND " + life)
				.expressionAttributeNames(
						Map.of("#keys", SubjectItem.KEYS, "#room", SubjectItem.ROOM, "#ttl", this.table.ttlAttribute()))
				.expressionAttributeValues(Map.of(":member", AttributeValue.fromSs(List.of(member)), ":ttl", ttl,
						":room", Items.number((room != null) ? room : SubjectItem.LEAST_ROOM)))
				.returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
				.overrideConfiguration(limit)));
			return null;
		}
		catch (ConditionalCheckFailedException ex) {
			return ex.hasItem() ? SubjectItem.of(ex.item(), this.table) : read(subject);
		}
	}

	/**
	 * Drops what has lost its record, and gives twice the room that the rest takes, so
	 * that the next ones need not look for long.
	 */
	private int makeRoom(String subject, SubjectItem full) {
		Findings findings = search(subject, full, Integer.MAX_VALUE);
		int remaining = full.members().size() - findings.lost().size();
		if (remaining >= SubjectItem.MOST_ROOM) {
			throw new SessionStorageException("A subject has " + remaining + " sessions, more than the "
					+ SubjectItem.MOST_ROOM + " that are found; limit them with SubjectSessions.endOldest", null);
		}
		return Math.min(SubjectItem.MOST_ROOM, Math.max(SubjectItem.LEAST_ROOM, 2 * remaining));
	}

	/**
	 * Two requests, and one more per hundred members after the first; one to drop those
	 * that have lost their record.
	 */
	Map<String, SessionRecord> find(String subject, int limit) {
		return search(subject, read(subject), limit).found();
	}

	/**
	 * What a search came upon.
	 */
	private record Findings(Map<String, SessionRecord> found, List<String> lost) {
	}

	private Findings search(String subject, SubjectItem item, int limit) {
		Findings findings = new Findings(new HashMap<>(), new ArrayList<>());
		List<String> members = item.sorted();
		for (int from = 0; from < members.size() && findings.found().size() < limit; from += BATCH) {
			search(subject, members.subList(from, Math.min(members.size(), from + BATCH)), limit, findings);
		}
		if (!findings.lost().isEmpty()) {
			drop(subject, findings.lost());
		}
		return findings;
	}

	private void search(String subject, List<String> members, int limit, Findings findings) {
		Instant now = this.clock.instant();
		Map<String, Map<String, AttributeValue>> stored = this.batchRead
			.read(members.stream().map(SubjectItem::key).toList());
		for (String member : members) {
			String key = SubjectItem.key(member);
			SessionRecord record = this.items.record(key, stored.getOrDefault(key, Map.of()));
			if (record != null && now.isBefore(record.expires()) && subject.equals(record.subject())) {
				if (findings.found().size() < limit) {
					findings.found().put(key, record);
				}
			}
			else if (SubjectItem.isLost(member, now)) {
				findings.lost().add(member);
			}
		}
	}

	private SubjectItem read(String subject) {
		return SubjectItem.of(this.calls.call("find",
				(client, limit) -> client.getItem((request) -> request.tableName(this.table.name())
					.key(this.table.key(SubjectItem.id(subject)))
					.consistentRead(true)
					.overrideConfiguration(limit)))
			.item(), this.table);
	}

	private void drop(String subject, List<String> lost) {
		try {
			this.calls.call("index",
					(client, limit) -> client.updateItem((request) -> request.tableName(this.table.name())
						.key(this.table.key(SubjectItem.id(subject)))
						.updateExpression("DELETE #keys :lost")
						.conditionExpression("attribute_exists(#keys)")
						.expressionAttributeNames(Map.of("#keys", SubjectItem.KEYS))
						.expressionAttributeValues(Map.of(":lost", AttributeValue.fromSs(lost)))
						.overrideConfiguration(limit)));
		}
		catch (ConditionalCheckFailedException ex) {
			// DynamoDB has removed it meanwhile.
			return;
		}
	}

}
