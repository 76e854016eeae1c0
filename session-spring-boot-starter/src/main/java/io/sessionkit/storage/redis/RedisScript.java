package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import io.sessionkit.SessionRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.script.DigestUtils;

/**
 * A script whose text is sent only if the server does not know it.
 */
final class RedisScript {

	/**
	 * Redis rejects a time to live that ends beyond its calendar. This one is long
	 * enough.
	 */
	private static final Duration LONGEST_LIFE = Duration.ofDays(36_500);

	private final byte[] text;

	private final String sha;

	RedisScript(String text) {
		this.text = text.getBytes(StandardCharsets.US_ASCII);
		this.sha = DigestUtils.sha1DigestAsHex(text);
	}

	/**
	 * Runs the script.
	 * @param type the type of the result
	 * @param keys how many of the arguments are keys
	 */
	@SuppressWarnings("TypeParameterUnusedInFormals") // the type determines T
	<T> T run(RedisConnection connection, ReturnType type, int keys, byte[]... arguments) {
		@Nullable T result;
		try {
			result = connection.scriptingCommands().evalSha(this.sha, type, keys, arguments);
		}
		catch (RuntimeException ex) {
			if (!RedisFailure.NO_SCRIPT.causes(ex)) {
				throw ex;
			}
			result = connection.scriptingCommands().eval(this.text, type, keys, arguments);
		}
		if (result == null) {
			throw new IllegalStateException(
					"Redis returned no result for a script; the connection must not be in a pipeline");
		}
		return result;
	}

	/**
	 * Whether one script can use all of these keys. In a cluster they must share a hash
	 * slot.
	 */
	static boolean canSee(RedisConnection connection, byte[]... keys) {
		return !(connection instanceof RedisClusterConnection) || ClusterSlotHashUtil.isSameSlotForAllKeys(keys);
	}

	/** The time to live of a record, in milliseconds, at least 1. */
	static byte[] life(Instant now, SessionRecord record) {
		Duration left = Duration.between(now, record.expires());
		return ascii((left.compareTo(LONGEST_LIFE) < 0) ? Math.max(1, left.toMillis()) : LONGEST_LIFE.toMillis());
	}

	static byte[] ascii(Object value) {
		return value.toString().getBytes(StandardCharsets.US_ASCII);
	}

}
