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
import io.sessionkit.cookie.CookieWire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;

/**
 * Keeps records in Redis 6.2 or later as a program in JavaScript keeps them too: the JSON
 * of a session is one string under {@code <prefix><session id>}, with a native time to
 * live. In the wire of React Router that is what its Redis example stores; in that of
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

	private static final long FOREIGN = 3;

	private static final long TOMBSTONE = 2;

	private static final long RECORD = 1;

	private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

	private final RedisCalls redis;

	private final String keyPrefix;

	private final boolean hasHashTag;

	private final CookieWire wire;

	private final InstantSource clock;

	/**
	 * Keeps records by the system clock.
	 * @param connections what gives the connections; it stays open
	 * @param keyPrefix what the names of all keys begin with; {@code session:} in the
	 * peers
	 * @param wire whose records they are
	 */
	public SharedRedisStorageStrategy(RedisConnectionFactory connections, String keyPrefix, CookieWire wire) {
		this(connections, keyPrefix, wire, InstantSource.system());
	}

	/**
	 * Keeps records by a clock.
	 * @param connections what gives the connections; it stays open
	 * @param keyPrefix what the names of all keys begin with; {@code session:} in the
	 * peers
	 * @param wire whose records they are
	 * @param clock the clock from which the time to live of a record is counted
	 * @throws IllegalArgumentException if the wire is our own, or the prefix has a brace
	 * that is no hash tag
	 */
	public SharedRedisStorageStrategy(RedisConnectionFactory connections, String keyPrefix, CookieWire wire,
			InstantSource clock) {
		if (wire == CookieWire.SEALED) {
			throw new IllegalArgumentException("Nobody shares records of the sealed wire; use RedisStorageStrategy");
		}
		this.keyPrefix = Objects.requireNonNull(keyPrefix, "keyPrefix");
		this.hasHashTag = keyPrefix.matches("[^{}]*\\{[^{}]+}.*");
		if (!this.hasHashTag && (keyPrefix.contains("{") || keyPrefix.contains("}"))) {
			throw new IllegalArgumentException("The key prefix has a brace that makes no hash tag; leave it out");
		}
		this.redis = new RedisCalls(connections, "~%s*%s and the commands +get +set +del +exists +pttl +eval +evalsha"
			.formatted(keyPrefix, this.hasHashTag ? "" : " ~{" + keyPrefix + "*}:ended"));
		this.wire = wire;
		this.clock = Objects.requireNonNull(clock, "clock");
	}

	@Override
	public CookieWire wire() {
		return this.wire;
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		return write(key, SharedRedisScripts.ABSENT, record) == SharedRedisScripts.WRITTEN;
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		List<Object> found = this.redis.call("read", (connection) -> SharedRedisScripts.READ
			.<List<Object>>run(connection, ReturnType.MULTI, 2, recordKey(key), tombstoneKey(key)));
		long kind = ((Number) found.get(0)).longValue();
		Instant expires = expires(((Number) found.get(1)).longValue());
		byte[] body = (byte[]) found.get(2);
		if (kind == TOMBSTONE) {
			return new SessionRecord(1, expires, body);
		}
		if (kind == FOREIGN) {
			logger.warn("A record of {} in Redis holds another type than a string, and counts as absent",
					this.wire.peer());
		}
		if (kind != RECORD) {
			return null;
		}
		SessionRecord record = new SessionRecord(SharedStorageStrategy.version(body), expires, body);
		// What is no JSON must not look like a tombstone.
		return record.isTombstone() ? new SessionRecord(record.version(), expires, new byte[1]) : record;
	}

	/** In whole seconds, as it was said. */
	private Instant expires(long life) {
		return (life < 0) ? NEVER
				: this.clock.instant().plusMillis(life).plus(HALF_A_SECOND).truncatedTo(ChronoUnit.SECONDS);
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		// A version is the hash and one, and the next one more.
		long result = write(key, "%015x".formatted(record.version() - 2), record);
		if (result == SharedRedisScripts.WRITTEN) {
			return UpdateOutcome.UPDATED;
		}
		return (result == SharedRedisScripts.GONE) ? UpdateOutcome.GONE : UpdateOutcome.CONFLICT;
	}

	@Override
	public void deleteData(String key) {
		this.redis.<@Nullable Long>call("delete",
				(connection) -> connection.keyCommands().del(recordKey(key), tombstoneKey(key)));
	}

	private long write(String key, String expected, SessionRecord record) {
		long life = RedisCalls.life(this.clock.instant(), record.expires());
		return this.redis.call("write",
				(connection) -> SharedRedisScripts.WRITE.<Long>run(connection, ReturnType.INTEGER, 2, recordKey(key),
						tombstoneKey(key), RedisScript.ascii(expected), RedisScript.ascii(life), record.body()));
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
