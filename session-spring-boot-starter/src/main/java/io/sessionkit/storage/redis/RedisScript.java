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
 * A script of which the text is sent only where the server does not know it yet, or not
 * any more.
 */
final class RedisScript {

	/** Redis refuses a life that ends beyond its calendar; nobody waits for this one. */
	private static final Duration LONGEST_LIFE = Duration.ofDays(36_500);

	private final byte[] text;

	private final String sha;

	RedisScript(String text) {
		this.text = text.getBytes(StandardCharsets.US_ASCII);
		this.sha = DigestUtils.sha1DigestAsHex(text);
	}

	/**
	 * Runs the script.
	 * @param type what it returns
	 * @param keys how many of the arguments are keys
	 */
	@SuppressWarnings("TypeParameterUnusedInFormals") // the type says what T is
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
			throw new IllegalStateException("Redis answered a script with nothing; is the connection in a pipeline?");
		}
		return result;
	}

	/**
	 * Whether one script may see all of these keys: a node of a Cluster has its slots.
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
