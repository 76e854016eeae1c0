package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
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

/**
 * Keeps records in Redis 6.2 or later: a single server, Sentinel or Cluster, by Lettuce.
 * One session is one string under {@code <prefix><storage key>}, and it always has a time
 * to live, so Redis removes it by itself. Each call is one command: GET, EVALSHA or DEL;
 * the script that writes is sent again where the server has lost it. Several records are
 * read by one MGET.
 *
 * <p>
 * The command time-out is that of the connections, and so is where they read:
 * {@link #readData} needs the master. What Redis evicts for lack of memory counts as
 * absent. Where it does not evict and is full ({@code maxmemory} with
 * {@code noeviction}), records are still read, removed, and replaced by smaller ones.
 *
 * @see <a href="https://redis.io/docs/latest/develop/programmability/eval-intro/">Scripts
 * in Redis</a>
 */
public final class RedisStorageStrategy implements SessionIdStorageStrategy {

	/** What keys begin with if nothing else is said: {@value}. */
	public static final String DEFAULT_KEY_PREFIX = "session:";

	private final RedisCalls redis;

	private final String keyPrefix;

	private final InstantSource clock;

	/**
	 * Keeps records by the system clock.
	 * @param connections what gives the connections, best with one shared native
	 * connection; it stays open
	 * @param keyPrefix what the names of all keys begin with
	 */
	public RedisStorageStrategy(RedisConnectionFactory connections, String keyPrefix) {
		this(connections, keyPrefix, InstantSource.system());
	}

	/**
	 * Keeps records by a clock.
	 * @param connections what gives the connections, best with one shared native
	 * connection; it stays open
	 * @param keyPrefix what the names of all keys begin with
	 * @param clock the clock for expiry, and for the time to live that Redis gets
	 */
	public RedisStorageStrategy(RedisConnectionFactory connections, String keyPrefix, InstantSource clock) {
		this.keyPrefix = Objects.requireNonNull(keyPrefix, "keyPrefix");
		this.redis = new RedisCalls(connections,
				"~" + keyPrefix + "* and the commands +get +set +del +getrange +strlen +eval +evalsha");
		this.clock = Objects.requireNonNull(clock, "clock");
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		return write(key, RecordScript.ABSENT, record) == RecordScript.WRITTEN;
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		return record(key, this.redis.<byte @Nullable []>call("read", (connection) -> get(connection, redisKey(key))));
	}

	/** What is no string is none of our records, as MGET has it too. */
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
		long result = write(key, Long.toString(record.version() - 1), record);
		if (result == RecordScript.WRITTEN) {
			return UpdateOutcome.UPDATED;
		}
		return (result == RecordScript.GONE) ? UpdateOutcome.GONE : UpdateOutcome.CONFLICT;
	}

	@Override
	public void deleteData(String key) {
		this.redis.<@Nullable Long>call("delete", (connection) -> connection.keyCommands().del(redisKey(key)));
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

	private long write(String key, String expected, SessionRecord record) {
		Instant now = this.clock.instant();
		long life = RedisCalls.life(now, record.expires());
		byte[] value = SessionRecordFormat.write(record);
		return this.redis.call("write",
				(connection) -> RecordScript.run(connection, redisKey(key), expected, now.toEpochMilli(), life, value));
	}

	private byte[] redisKey(String key) {
		return (this.keyPrefix + key).getBytes(StandardCharsets.UTF_8);
	}

}
