package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

import io.sessionkit.SessionRecord;
import io.sessionkit.SharedStorageStrategy;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.cookie.CookieFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;

/**
 * Keeps records in Redis 6.2 or later as a program in JavaScript keeps them too: the JSON
 * of a session is one string under {@code <prefix><session id>}, with a native time to
 * live. In the format of React Router that is what its Redis example stores; in that of
 * Remix, {@code @remix-run/session-storage-redis}. Each call is one command.
 *
 * <p>
 * Of our own writers none overwrites another, since a script compares what is stored, and
 * a session that we ended stays so for our own nodes: a key of our own, of the same slot
 * of a cluster, says so for some minutes. The peer compares nothing, and knows no
 * tombstone: what it has in flight may overwrite a change, or bring a session back that
 * we ended. The session ids are at rest as they are. A record without a time to live is
 * one that the peer wrote; our next write gives it one.
 *
 * @see <a href="https://reactrouter.com/api/utils/createSessionStorage">React Router's
 * createSessionStorage</a>
 */
public final class SharedRedisStorageStrategy implements SharedStorageStrategy {

	private static final Logger logger = LoggerFactory.getLogger(SharedRedisStorageStrategy.class);

	private static final long RECORD = 1;

	private static final long TOMBSTONE = 2;

	private static final long FOREIGN = 3;

	private static final long WRITTEN = 4;

	/** What is expected instead of a version where there must be no record. */
	private static final String ABSENT = "-";

	/**
	 * The one script. The first key is the record, the second the tombstone, which is of
	 * the same slot and which the peer does not know. Without arguments it reads: it
	 * returns the kind (0 nothing, 1 record, 2 tombstone, 3 what is no string and so none
	 * of the peer's), the time to live in milliseconds, and the body. With them it writes
	 * a body, or what is none but a tombstone, if what is stored has the hash that is
	 * expected, and otherwise returns what is stored. With a third key it creates the
	 * record there first. A tombstone, and a record that does not grow, are written also
	 * at {@code maxmemory}, where Redis goes on after a DEL.
	 */
	private static final RedisScript SCRIPT = new RedisScript("""
			local ended = redis.call('PTTL', KEYS[2])
			if ended ~= -2 then return {2, ended, redis.call('GET', KEYS[2]) or ''} end
			local body = redis.pcall('GET', KEYS[1])
			if type(body) == 'table' and not string.find(body.err, 'WRONGTYPE', 1, true) then return body end
			local present = type(body) == 'string'
			if not ARGV[1] or ARGV[1] ~= (present and string.sub(redis.sha1hex(body), 1, 15) or '-') then
			  if not present then return {body and 3 or 0, 0, ''} end
			  return {1, redis.call('PTTL', KEYS[1]), body}
			end
			if KEYS[3] then
			  local created = redis.pcall('SET', KEYS[3], ARGV[5], 'PX', ARGV[4], 'NX')
			  if not created then return redis.error_reply('TAKEN The new key is taken') end
			  if created.err then return created end
			end
			if ARGV[3] == '' or string.sub(ARGV[3], 1, 1) == '>' then
			  redis.call('DEL', KEYS[1])
			  redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[2])
			  return {4, 0, ''}
			end
			local done = redis.pcall('SET', KEYS[1], ARGV[3], 'PX', ARGV[2])
			if done.err then
			  if not string.find(done.err, 'OOM', 1, true) or not present or #body < #ARGV[3] then
			    return done
			  end
			  redis.call('DEL', KEYS[1])
			  redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[2])
			end
			return {4, 0, ''}
			""");

	private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

	private final RedisCalls redis;

	private final String keyPrefix;

	private final boolean hasHashTag;

	private final CookieFormat format;

	private final InstantSource clock;

	/**
	 * Keeps records by the system clock.
	 * @param connections what gives the connections; it stays open
	 * @param keyPrefix what the names of all keys begin with; {@code session:} in the
	 * peers
	 * @param format whose records they are
	 */
	public SharedRedisStorageStrategy(RedisConnectionFactory connections, String keyPrefix, CookieFormat format) {
		this(connections, keyPrefix, format, InstantSource.system());
	}

	/**
	 * Keeps records by a clock.
	 * @param connections what gives the connections; it stays open
	 * @param keyPrefix what the names of all keys begin with; {@code session:} in the
	 * peers
	 * @param format whose records they are
	 * @param clock the clock from which the time to live of a record is counted
	 * @throws IllegalArgumentException if the format is our own, or the prefix has a
	 * brace that is no hash tag
	 */
	public SharedRedisStorageStrategy(RedisConnectionFactory connections, String keyPrefix, CookieFormat format,
			InstantSource clock) {
		if (format == CookieFormat.DEFAULT) {
			throw new IllegalArgumentException("Nobody shares records of the default format; use RedisStorageStrategy");
		}
		this.keyPrefix = Objects.requireNonNull(keyPrefix, "keyPrefix");
		this.hasHashTag = keyPrefix.matches("[^{}]*\\{[^{}]+}.*");
		if (!this.hasHashTag && (keyPrefix.contains("{") || keyPrefix.contains("}"))) {
			throw new IllegalArgumentException("The key prefix has a brace that makes no hash tag; leave it out");
		}
		this.redis = new RedisCalls(connections, "~%s*%s and the commands +get +set +del +pttl +eval +evalsha"
			.formatted(keyPrefix, this.hasHashTag ? "" : " ~{" + keyPrefix + "*}:ended"));
		this.format = format;
		this.clock = Objects.requireNonNull(clock, "clock");
	}

	@Override
	public CookieFormat format() {
		return this.format;
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		return number(write(key, ABSENT, record).get(0)) == WRITTEN;
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		return record(this.redis.call("read", (connection) -> SCRIPT.<List<Object>>run(connection, ReturnType.MULTI, 2,
				recordKey(key), tombstoneKey(key))));
	}

	private @Nullable SessionRecord record(List<Object> found) {
		long kind = number(found.get(0));
		Instant expires = expires(number(found.get(1)));
		byte[] body = (byte[]) found.get(2);
		if (kind == TOMBSTONE) {
			return new SessionRecord(1, expires, body);
		}
		if (kind == FOREIGN) {
			logger.warn("A record of {} in Redis holds another type than a string, and counts as absent",
					this.format.peer());
		}
		if (kind != RECORD) {
			return null;
		}
		SessionRecord record = new SessionRecord(SharedStorageStrategy.version(body), expires, body);
		// What is no JSON must not look like a tombstone.
		return record.isTombstone() ? new SessionRecord(record.version(), expires, new byte[1]) : record;
	}

	private static long number(Object part) {
		return ((Number) part).longValue();
	}

	/** In whole seconds, as it was said. */
	private Instant expires(long life) {
		return (life < 0) ? NEVER
				: this.clock.instant().plusMillis(life).plus(HALF_A_SECOND).truncatedTo(ChronoUnit.SECONDS);
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		return outcome(write(key, hash(record.version()), record));
	}

	/** A version is the hash and one, and the next one more. */
	private static String hash(long next) {
		return "%015x".formatted(next - 2);
	}

	private UpdateOutcome outcome(List<Object> answer) {
		if (number(answer.get(0)) == WRITTEN) {
			return UpdateOutcome.UPDATED;
		}
		SessionRecord present = record(answer);
		return (present != null) ? UpdateOutcome.conflict(present) : UpdateOutcome.GONE;
	}

	@Override
	public void deleteData(String key) {
		this.redis.<@Nullable Long>call("delete",
				(connection) -> connection.keyCommands().del(recordKey(key), tombstoneKey(key)));
	}

	/**
	 * One command, but in steps where the two ids are of different slots of a Cluster.
	 */
	@Override
	public UpdateOutcome moveData(String oldKey, SessionRecord tombstone, String newKey, SessionRecord record) {
		Instant now = this.clock.instant();
		byte[] from = recordKey(oldKey);
		byte[] to = recordKey(newKey);
		List<Object> answer = this.redis.<@Nullable List<Object>>call("write",
				(connection) -> RedisScript.canSee(connection, from, to)
						? SCRIPT.run(connection, ReturnType.MULTI, 3, from, tombstoneKey(oldKey), to,
								RedisScript.ascii(hash(tombstone.version())), RedisScript.life(now, tombstone),
								tombstone.body(), RedisScript.life(now, record), record.body())
						: null);
		return (answer != null) ? outcome(answer)
				: SharedStorageStrategy.super.moveData(oldKey, tombstone, newKey, record);
	}

	private List<Object> write(String key, String expected, SessionRecord record) {
		byte[] life = RedisScript.life(this.clock.instant(), record);
		return this.redis.call("write", (connection) -> SCRIPT.<List<Object>>run(connection, ReturnType.MULTI, 2,
				recordKey(key), tombstoneKey(key), RedisScript.ascii(expected), life, record.body()));
	}

	private byte[] recordKey(String key) {
		return (this.keyPrefix + key).getBytes(StandardCharsets.UTF_8);
	}

	/** With a hash tag that makes it of the slot of the record. */
	private byte[] tombstoneKey(String key) {
		String name = this.keyPrefix + key;
		return ((this.hasHashTag ? name : "{" + name + "}") + ":ended").getBytes(StandardCharsets.UTF_8);
	}

}
