package io.sessionkit.benchmarks.growth;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionRecordFormat;
import io.sessionkit.storage.redis.RedisStorageStrategy;
import redis.embedded.RedisServer;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Redis, which removes by itself what has expired. A start finds its connections open.
 */
final class RedisStore implements GrowingStore<RedisStorageStrategy> {

	private final RedisServer server;

	private final LettuceConnectionFactory connections;

	RedisStore() throws IOException {
		this.server = RedisServer.newRedisServer().bind("127.0.0.1").setting("save \"\"").port(freePort()).build();
		this.server.start();
		this.connections = new LettuceConnectionFactory("127.0.0.1", this.server.ports().get(0));
		this.connections.start();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Override
	public String name() {
		return "redis";
	}

	@Override
	public int most() {
		return Integer.MAX_VALUE;
	}

	@Override
	public RedisStorageStrategy open(int sessions) {
		return new RedisStorageStrategy(this.connections, RedisStorageStrategy.DEFAULT_KEY_PREFIX);
	}

	/** As the strategy keeps them, without waiting for each answer. */
	@Override
	public void fill(RedisStorageStrategy strategy, Map<String, SessionRecord> records) {
		Instant now = Instant.now();
		try (RedisConnection connection = this.connections.getConnection()) {
			connection.openPipeline();
			records.forEach((key, record) -> connection.stringCommands()
				.pSetEx((RedisStorageStrategy.DEFAULT_KEY_PREFIX + key).getBytes(StandardCharsets.US_ASCII),
						Duration.between(now, record.expires()).toMillis(), SessionRecordFormat.write(record)));
			connection.closePipeline();
		}
	}

	@Override
	public long count(RedisStorageStrategy strategy) {
		try (RedisConnection connection = this.connections.getConnection()) {
			return Objects.requireNonNull(connection.serverCommands().dbSize());
		}
	}

	@Override
	public OptionalDouble cleanUp(RedisStorageStrategy strategy, int sessions) {
		return OptionalDouble.empty();
	}

	@Override
	public void clear(RedisStorageStrategy strategy) {
		try (RedisConnection connection = this.connections.getConnection()) {
			connection.serverCommands().flushAll();
		}
	}

	@Override
	public void close() throws IOException {
		this.connections.destroy();
		this.server.stop();
	}

}
