package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.sessionkit.SessionRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;

/**
 * The storage keys of one subject: a sorted set under a name, and so in a slot, of its
 * own. A member is {@code <storage key>:<epoch second of its addition>} and its score the
 * moment, in epoch milliseconds, at which the session ends at the latest.
 */
final class SubjectSet {

	private static final int BATCH = 100;

	/**
	 * So many may be there before whoever adds one looks which have lost their record.
	 */
	private static final int ROOM = 100;

	private static final int KEY_LENGTH = 43;

	/** A record is written right after its key was added. */
	private static final Duration TIME_TO_WRITE = Duration.ofMinutes(1);

	private static final byte[] ADD = """
			local swept = redis.pcall('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
			if type(swept) == 'table' then
			  if not string.find(swept.err, 'WRONGTYPE', 1, true) then return swept end
			  redis.call('DEL', KEYS[1])
			end
			redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
			local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
			redis.call('PEXPIRE', KEYS[1], tonumber(last[2]) - tonumber(ARGV[1]))
			return redis.call('ZCARD', KEYS[1])
			""".getBytes(StandardCharsets.US_ASCII);

	private final byte[] name;

	private final String subject;

	SubjectSet(byte[] name, String subject) {
		this.name = name;
		this.subject = subject;
	}

	/**
	 * How the records of keys are read, in their order.
	 */
	@FunctionalInterface
	interface Reader {

		List<@Nullable SessionRecord> read(RedisConnection connection, List<String> keys);

	}

	/**
	 * One command, which removes what has ended and lets the set live as long as its last
	 * member. Where there are many, three more: sessions may be over long before they had
	 * to, and a look at any hundred of them drops more than are added.
	 */
	void add(RedisConnection connection, Reader reader, String key, Instant now, Instant until) {
		String member = key + ":" + now.getEpochSecond();
		Long size = connection.scriptingCommands()
			.eval(ADD, ReturnType.INTEGER, 1, this.name, ascii(now.toEpochMilli()), ascii(until.toEpochMilli()),
					ascii(member));
		if (size != null && size > ROOM) {
			tidy(connection, reader, now);
		}
	}

	private void tidy(RedisConnection connection, Reader reader, Instant now) {
		List<byte[]> lost = new ArrayList<>();
		search(connection, reader, connection.zSetCommands().zRandMember(this.name, BATCH), now, BATCH, new HashMap<>(),
				lost);
		remove(connection, lost);
	}

	/**
	 * One command, one more per hundred members, and one to drop those that have lost
	 * their record. The members are asked for at once, since others drop some meanwhile.
	 */
	Map<String, SessionRecord> find(RedisConnection connection, Reader reader, Instant now, int limit) {
		Map<String, SessionRecord> found = new HashMap<>();
		List<byte[]> lost = new ArrayList<>();
		List<byte[]> members = members(connection);
		for (int from = 0; from < members.size() && found.size() < limit; from += BATCH) {
			List<byte[]> batch = members.subList(from, Math.min(members.size(), from + BATCH));
			search(connection, reader, batch, now, limit, found, lost);
		}
		remove(connection, lost);
		return found;
	}

	/** A key that holds another type lists nobody; the next login replaces it. */
	private List<byte[]> members(RedisConnection connection) {
		try {
			return List.copyOf(connection.zSetCommands().zRevRange(this.name, 0, -1));
		}
		catch (RuntimeException ex) {
			if (RedisFailure.WRONG_TYPE.causes(ex)) {
				return List.of();
			}
			throw ex;
		}
	}

	private void search(RedisConnection connection, Reader reader, List<byte[]> members, Instant now, int limit,
			Map<String, SessionRecord> found, List<byte[]> lost) {
		List<@Nullable SessionRecord> records = reader.read(connection, members.stream().map(SubjectSet::key).toList());
		for (int i = 0; i < members.size() && found.size() < limit; i++) {
			SessionRecord record = records.get(i);
			if (record != null && this.subject.equals(record.subject())) {
				found.put(key(members.get(i)), record);
			}
			else if (isLost(members.get(i), now)) {
				lost.add(members.get(i));
			}
		}
	}

	private void remove(RedisConnection connection, List<byte[]> members) {
		if (!members.isEmpty()) {
			connection.zSetCommands().zRem(this.name, members.toArray(new byte[0][]));
		}
	}

	private static String key(byte[] member) {
		return new String(member, 0, KEY_LENGTH, StandardCharsets.US_ASCII);
	}

	private static boolean isLost(byte[] member, Instant now) {
		return added(member).plus(TIME_TO_WRITE).isBefore(now);
	}

	private static Instant added(byte[] member) {
		return Instant
			.ofEpochSecond(Long.parseLong(new String(member, StandardCharsets.US_ASCII).substring(KEY_LENGTH + 1)));
	}

	private static byte[] ascii(Object value) {
		return value.toString().getBytes(StandardCharsets.US_ASCII);
	}

}
