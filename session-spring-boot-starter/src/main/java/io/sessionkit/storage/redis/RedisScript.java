package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.script.DigestUtils;

/**
 * A script of which the text is sent only where the server does not know it yet, or not
 * any more.
 */
final class RedisScript {

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

	static byte[] ascii(Object value) {
		return value.toString().getBytes(StandardCharsets.US_ASCII);
	}

}
