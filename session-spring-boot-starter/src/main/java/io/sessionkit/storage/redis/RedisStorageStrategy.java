package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionRecordFormat;
import io.sessionkit.UpdateOutcome;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;

/**
 * Keeps records in Redis 6.2 or later, on a single server, with Sentinel or in a Cluster,
 * over Lettuce. Each session is one string under {@code <prefix><storage key>}, which
 * always has a time to live, so that Redis removes it. Each call is one command: GET,
 * EVALSHA, DEL, or MGET for several records. If the server has lost the script for
 * writes, it is sent again. In a Cluster a new id takes two commands, and reading several
 * records takes one MGET per hash slot, all sent at once.
 *
 * <p>
 * The connections determine the command timeout and which server is read from:
 * {@link #readData} requires the master. A record that Redis evicts for lack of memory
 * counts as absent. If Redis does not evict and is full ({@code maxmemory} with
 * {@code noeviction}), records can still be read, removed, and replaced by smaller ones.
 *
 * @see <a href="https://redis.io/docs/latest/develop/programmability/eval-intro/">Scripts
 * in Redis</a>
 */
public final class RedisStorageStrategy implements SessionIdStorageStrategy {

	/** The default prefix of keys: {@value}. */
	public static final String DEFAULT_KEY_PREFIX = "session:";

	/** The expected version if there must be no record. */
	private static final String ABSENT = "-";

	/** The result of the script if it has written. */
	private static final byte[] WRITTEN = RedisScript.ascii("written");

	/**
	 * The script for all writes. It writes one record, or, with a second key, the record
	 * of a new key and then a tombstone. It sees only the header of the stored record,
	 * replaces value and time to live with one SET, and compares versions as text, since
	 * numbers in Lua are doubles. It returns {@link #WRITTEN}, or the stored record if
	 * that has another version, or an empty string if there is none. A key of another
	 * type holds no record.
	 *
	 * <p>
	 * At {@code maxmemory} Redis refuses to start a command that could need memory, but
	 * does not refuse to continue after a first write. A record that does not grow, above
	 * all a tombstone, can therefore be written even then, after a DEL. If the new record
	 * is refused, nothing has happened yet.
	 */
	private static final RedisScript WRITE = new RedisScript("""
			local header = redis.pcall('GETRANGE', KEYS[1], 0, 63)
			if type(header) == 'table' then
			  if not string.find(header.err, 'WRONGTYPE', 1, true) then return header end
			  header = ''
			end
			local version, expires = string.match(header, '^sessionkit1 (%d+) (%-?%d+) ')
			if not version or tonumber(expires) <= tonumber(ARGV[2]) then
			  version = '-'
			end
			if version ~= ARGV[1] then
			  return version == '-' and '' or redis.call('GET', KEYS[1])
			end
			if KEYS[2] then
			  local created = redis.pcall('SET', KEYS[2], ARGV[6], 'PX', ARGV[5], 'NX')
			  if not created then return redis.error_reply('TAKEN The new key is taken') end
			  if created.err then return created end
			end
			local done = redis.pcall('SET', KEYS[1], ARGV[4], 'PX', ARGV[3])
			if done.err then
			  if not string.find(done.err, 'OOM', 1, true)
			      or redis.call('STRLEN', KEYS[1]) < string.len(ARGV[4]) then
			    return done
			  end
			  redis.call('DEL', KEYS[1])
			  redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[3])
			end
			return 'written'
			""");

	private final RedisCalls redis;

	private final String keyPrefix;

	private final InstantSource clock;

	/**
	 * Keeps records with the system clock.
	 * @param connections the source of the connections, preferably with one shared native
	 * connection; it stays open
	 * @param keyPrefix the prefix of all keys
	 */
	public RedisStorageStrategy(RedisConnectionFactory connections, String keyPrefix) {
		this(connections, keyPrefix, InstantSource.system());
	}

	/**
	 * Keeps records with the given clock.
	 * @param connections the source of the connections, preferably with one shared native
	 * connection; it stays open
	 * @param keyPrefix the prefix of all keys
	 * @param clock the clock for expiry and for the time to live in Redis
	 */
	public RedisStorageStrategy(RedisConnectionFactory connections, String keyPrefix, InstantSource clock) {
		this.keyPrefix = Objects.requireNonNull(keyPrefix, "keyPrefix");
		this.redis = new RedisCalls(connections,
				"~" + keyPrefix + "* and the commands +get +set +del +getrange +strlen +eval +evalsha +mget");
		this.clock = Objects.requireNonNull(clock, "clock");
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		return Arrays.equals(write(key, ABSENT, record), WRITTEN);
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		return record(key, this.redis.<byte @Nullable []>call("read", (connection) -> get(connection, redisKey(key))));
	}

	/** A value that is not a string counts as absent, as it does for MGET. */
	private static byte @Nullable [] get(RedisConnection connection, byte[] redisKey) {
		try {
			return connection.stringCommands().get(redisKey);
		}
		catch (RuntimeException ex) {
			if (RedisFailure.WRONG_TYPE.causes(ex)) {
				return new byte[0];
			}
			throw ex;
		}
	}

	private @Nullable SessionRecord record(String key, byte @Nullable [] stored) {
		SessionRecord record = (stored != null) ? SessionRecordFormat.read(key, stored) : null;
		return (record != null && this.clock.instant().isBefore(record.expires())) ? record : null;
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		return outcome(key, write(key, Long.toString(record.version() - 1), record));
	}

	private UpdateOutcome outcome(String key, byte[] answer) {
		if (Arrays.equals(answer, WRITTEN)) {
			return UpdateOutcome.UPDATED;
		}
		SessionRecord present = (answer.length > 0) ? record(key, answer) : null;
		return (present != null) ? UpdateOutcome.conflict(present) : UpdateOutcome.GONE;
	}

	@Override
	public void deleteData(String key) {
		this.redis.<@Nullable Long>call("delete", (connection) -> connection.keyCommands().del(redisKey(key)));
	}

	/**
	 * Runs one command, or separate steps if the two keys have different hash slots in a
	 * Cluster.
	 */
	@Override
	public UpdateOutcome moveData(String oldKey, SessionRecord tombstone, String newKey, SessionRecord record) {
		Instant now = this.clock.instant();
		byte[] from = redisKey(oldKey);
		byte[] to = redisKey(newKey);
		byte[] answer = this.redis.<byte @Nullable []>call("write",
				(connection) -> RedisScript.canSee(connection, from, to) ? WRITE.run(connection, ReturnType.VALUE, 2,
						from, to, RedisScript.ascii(tombstone.version() - 1), RedisScript.ascii(now.toEpochMilli()),
						RedisScript.life(now, tombstone), SessionRecordFormat.write(tombstone),
						RedisScript.life(now, record), SessionRecordFormat.write(record)) : null);
		return (answer != null) ? outcome(oldKey, answer)
				: SessionIdStorageStrategy.super.moveData(oldKey, tombstone, newKey, record);
	}

	@Override
	public Map<String, SessionRecord> readAll(Collection<String> keys) {
		List<String> ordered = List.copyOf(keys);
		byte[][] redisKeys = ordered.stream().map(this::redisKey).toArray(byte[][]::new);
		List<byte @Nullable []> stored = this.redis.call("read",
				(connection) -> connection.stringCommands().mGet(redisKeys));
		Map<String, SessionRecord> records = new HashMap<>();
		for (int i = 0; i < redisKeys.length; i++) {
			SessionRecord record = record(ordered.get(i), stored.get(i));
			if (record != null) {
				records.put(ordered.get(i), record);
			}
		}
		return records;
	}

	private byte[] write(String key, String expected, SessionRecord record) {
		Instant now = this.clock.instant();
		return this.redis.call("write",
				(connection) -> WRITE.<byte[]>run(connection, ReturnType.VALUE, 1, redisKey(key),
						RedisScript.ascii(expected), RedisScript.ascii(now.toEpochMilli()),
						RedisScript.life(now, record), SessionRecordFormat.write(record)));
	}

	private byte[] redisKey(String key) {
		return (this.keyPrefix + key).getBytes(StandardCharsets.UTF_8);
	}

}
