package io.sessionkit.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.lettuce.core.GetExArgs;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import org.jspecify.annotations.Nullable;

/**
 * One GETEX to read, which renews, and one SET to write.
 *
 * @param commands of one shared connection
 */
record RedisFloor(RedisCommands<byte[], byte[]> commands) implements FloorStore {

	private static final long SECONDS = 1800;

	@Override
	public String create(byte[] json) {
		String id = UUID.randomUUID().toString();
		write(id, json);
		return id;
	}

	@Override
	public byte @Nullable [] read(String cookie) {
		return this.commands.getex(key(cookie), GetExArgs.Builder.ex(SECONDS));
	}

	@Override
	public @Nullable String write(String cookie, byte[] json) {
		this.commands.set(key(cookie), json, SetArgs.Builder.ex(SECONDS));
		return null;
	}

	private static byte[] key(String id) {
		return ("floor:" + id).getBytes(StandardCharsets.US_ASCII);
	}

}
