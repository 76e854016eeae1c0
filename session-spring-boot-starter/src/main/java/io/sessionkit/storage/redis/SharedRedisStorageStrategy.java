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
 * Keeps records in Redis 6.2 or later and shares them with a program in JavaScript, the
 * peer. The JSON of a session is one string under {@code <prefix><session id>}, with a
 * native time to live. In the format of React Router this is what its Redis example
 * stores, in that of Remix what {@code @remix-run/session-storage-redis} stores. Each
 * call is one command.
 *
 * <p>
 * Our own instances never overwrite each other's changes, since a script compares what is
 * stored. A session that we ended stays ended for all our instances, because a key of our
 * own in the same hash slot records that for some minutes. The peer compares nothing and
 * does not know tombstones, so a request that it is still handling may overwrite a
 * change, or bring back a session that we ended. The session ids are stored as they are.
 * A record without a time to live was written by the peer; our next write sets one.
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

	/** The expected hash if there must be no record. */
	private static final String ABSENT = "-";

	/**
	 * The script for all calls. The first key is the record. The second is the tombstone,
	 * which has the same hash slot and is unknown to the peer. Without arguments the
	 * script reads: it returns the kind (0 nothing, 1 record, 2 tombstone, 3 a value that
	 * is not a string and so not from the peer), the time to live in milliseconds, and
	 * the body. With arguments it writes a record, or only a tombstone, if what is stored
	 * has the expected hash; otherwise it returns what is stored. With a third key it
	 * first creates the record there. Tombstones, and records that do not grow, are
	 * written even at {@code maxmemory}, since Redis continues after a DEL.
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
	 * Keeps records with the system clock.
	 * @param connections the source of the connections; it stays open
	 * @param keyPrefix the prefix of all keys, {@code session:} in the peers
	 * @param format the format of the records, which is that of the peer
	 */
	public SharedRedisStorageStrategy(RedisConnectionFactory connections, String keyPrefix, CookieFormat format) {
		this(connections, keyPrefix, format, InstantSource.system());
	}

	/**
	 * Keeps records with the given clock.
	 * @param connections the source of the connections; it stays open
	 * @param keyPrefix the prefix of all keys, {@code session:} in the peers
	 * @param format the format of the records, which is that of the peer
	 * @param clock the clock from which the time to live of a record is counted
	 * @throws IllegalArgumentException if the format is {@link CookieFormat#DEFAULT}, or
	 * the prefix contains a brace that is not part of a hash tag
	 */
	public SharedRedisStorageStrategy(RedisConnectionFactory connections, String keyPrefix, CookieFormat format,
			InstantSource clock) {
		if (format == CookieFormat.DEFAULT) {
			throw new IllegalArgumentException(
					"Records in the default format cannot be shared; use RedisStorageStrategy");
		}
		this.keyPrefix = Objects.requireNonNull(keyPrefix, "keyPrefix");
		this.hasHashTag = keyPrefix.matches("[^{}]*\\{[^{}]+}.*");
		if (!this.hasHashTag && (keyPrefix.contains("{") || keyPrefix.contains("}"))) {
			throw new IllegalArgumentException(
					"The key prefix has a brace that is not part of a hash tag; leave it out");
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
			logger.warn("A record of {} in Redis has another type than string and counts as absent",
					this.format.peer());
		}
		if (kind != RECORD) {
			return null;
		}
		SessionRecord record = new SessionRecord(SharedStorageStrategy.version(body), expires, body);
		// A body that is not JSON must not look like a tombstone.
		return record.isTombstone() ? new SessionRecord(record.version(), expires, new byte[1]) : record;
	}

	private static long number(Object part) {
		return ((Number) part).longValue();
	}

	/** Rounded to whole seconds, which is how the time to live was set. */
	private Instant expires(long life) {
		return (life < 0) ? NEVER
				: this.clock.instant().plusMillis(life).plus(HALF_A_SECOND).truncatedTo(ChronoUnit.SECONDS);
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		return outcome(write(key, hash(record.version()), record));
	}

	/** The hash of the version before this one. A version is its hash plus one. */
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
	 * Runs one command, or separate steps if the two ids have different hash slots in a
	 * Cluster.
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

	/** Contains a hash tag, so that it has the hash slot of the record. */
	private byte[] tombstoneKey(String key) {
		String name = this.keyPrefix + key;
		return ((this.hasHashTag ? name : "{" + name + "}") + ":ended").getBytes(StandardCharsets.UTF_8);
	}

}
