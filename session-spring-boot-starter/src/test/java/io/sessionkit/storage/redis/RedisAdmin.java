package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;

/**
 * The back door of a server: what is stored, and what it was asked.
 */
public final class RedisAdmin implements AutoCloseable {

	private final int port;

	private final RedisClient client;

	private StatefulRedisConnection<byte[], byte[]> connection;

	RedisAdmin(int port) {
		this.port = port;
		this.client = RedisClient.create(
				RedisURI.builder().withHost("127.0.0.1").withPort(port).withTimeout(Duration.ofSeconds(10)).build());
	}

	int port() {
		return this.port;
	}

	public synchronized RedisCommands<byte[], byte[]> commands() {
		if (this.connection == null) {
			this.connection = this.client.connect(ByteArrayCodec.INSTANCE);
		}
		return this.connection.sync();
	}

	synchronized void disconnect() {
		if (this.connection != null) {
			this.connection.close();
			this.connection = null;
		}
	}

	/** The lines of a section. */
	public Map<String, String> info(String section) {
		Map<String, String> lines = new HashMap<>();
		commands().info(section).lines().filter((line) -> line.contains(":")).forEach((line) -> {
			int colon = line.indexOf(':');
			lines.put(line.substring(0, colon), line.substring(colon + 1));
		});
		return lines;
	}

	/**
	 * How often which command ran since {@code CONFIG RESETSTAT}, those that scripts call
	 * included.
	 */
	public Map<String, Long> commandCounts() {
		Map<String, Long> counts = new TreeMap<>();
		info("commandstats").forEach((name, values) -> counts.put(name.substring("cmdstat_".length()),
				Long.valueOf(values.substring("calls=".length(), values.indexOf(',')))));
		return counts;
	}

	/** Changes the users, by the words of ACL. */
	void acl(String verb, String... arguments) {
		CommandArgs<byte[], byte[]> words = new CommandArgs<>(ByteArrayCodec.INSTANCE).add(verb);
		for (String argument : arguments) {
			words.add(argument);
		}
		commands().dispatch(CommandType.ACL, new StatusOutput<>(ByteArrayCodec.INSTANCE), words);
	}

	public List<byte[]> keys() {
		return commands().keys("*");
	}

	/** How many keys with this prefix would stay for ever. */
	long withoutTimeToLive(String prefix) {
		String script = """
				local count = 0
				for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
				  if redis.call('PTTL', key) == -1 then count = count + 1 end
				end
				return count
				""";
		return commands().<Long>eval(script, ScriptOutputType.INTEGER, new byte[0][],
				(prefix + "*").getBytes(StandardCharsets.US_ASCII));
	}

	/** All keys and values. */
	public List<byte[]> dump() {
		List<byte[]> dump = new ArrayList<>();
		for (byte[] key : keys()) {
			dump.add(key);
			if (commands().type(key).equals("zset")) {
				dump.addAll(commands().zrange(key, 0, -1));
				continue;
			}
			byte[] value = commands().get(key);
			dump.add((value != null) ? value : new byte[0]);
		}
		return dump;
	}

	@Override
	public void close() {
		disconnect();
		this.client.shutdown(0, 1, TimeUnit.SECONDS);
	}

}
