package io.sessionkit.storage.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The storage keys of one subject, as one item under a key that no record has. A member
 * is {@code <storage key>:<epoch second of its addition>}.
 *
 * @param members a set of strings, to which writers add without reading it first
 * @param room how many members it takes before somebody has to look which of them have
 * lost their record; what is written costs by its size
 * @param ttl when the last member has ended, in epoch seconds
 */
record SubjectItem(Collection<String> members, int room, long ttl) {

	static final String KEYS = "keys";

	static final String ROOM = "room";

	/** The room if nothing else is said: of about 6 KB. */
	static final int LEAST_ROOM = 100;

	/** With 54 bytes a member this stays well under the 400 KB that an item may have. */
	static final int MOST_ROOM = 5000;

	static final SubjectItem NONE = new SubjectItem(List.of(), LEAST_ROOM, Long.MIN_VALUE);

	/** A record is written right after its key was added. */
	private static final Duration TIME_TO_WRITE = Duration.ofMinutes(1);

	private static final int KEY_LENGTH = 43;

	static String id(String subject) {
		return "subject:" + subject;
	}

	static SubjectItem of(Map<String, AttributeValue> item, SessionTable table) {
		AttributeValue members = item.get(KEYS);
		return new SubjectItem((members != null) ? members.ss() : List.of(), (int) number(item.get(ROOM), LEAST_ROOM),
				number(item.get(table.ttlAttribute()), NONE.ttl));
	}

	private static long number(@Nullable AttributeValue value, long otherwise) {
		return (value != null) ? Items.number(value) : otherwise;
	}

	boolean isFull() {
		return this.members.size() >= Math.max(this.room, LEAST_ROOM);
	}

	/** The newest first. */
	List<String> sorted() {
		return this.members.stream().sorted(Comparator.comparing(SubjectItem::added).reversed()).toList();
	}

	static String member(String key, Instant added) {
		return key + ":" + added.getEpochSecond();
	}

	static String key(String member) {
		return member.substring(0, KEY_LENGTH);
	}

	/** Whether a member without a record will have none any more. */
	static boolean isLost(String member, Instant now) {
		return added(member).plus(TIME_TO_WRITE).isBefore(now);
	}

	private static Instant added(String member) {
		return Instant.ofEpochSecond(Long.parseLong(member.substring(KEY_LENGTH + 1)));
	}

}
