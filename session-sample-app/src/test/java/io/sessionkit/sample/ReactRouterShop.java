package io.sessionkit.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.sessionkit.shared.ReactRouterInJvm;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The second front end of the shop: {@code react-router-shop.js}, and the Redis that it
 * gets.
 */
final class ReactRouterShop implements AutoCloseable {

	private final RedisClient client;

	private final ReactRouterInJvm program;

	ReactRouterShop(Path directory, int redisPort) {
		this.client = RedisClient.create("redis://127.0.0.1:" + redisPort);
		this.program = ReactRouterInJvm.running(directory, new Redis(redis()), script());
	}

	private static String script() {
		try (InputStream script = ReactRouterShop.class.getResourceAsStream("react-router-shop.js")) {
			return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What is in Redis. */
	RedisCommands<String, String> redis() {
		return this.client.connect().sync();
	}

	/** The account page for a browser, which keeps the cookie that comes with it. */
	JsonNode account(Visitor visitor) {
		return JsonMapper.shared().readTree(request("GET", "/account", "", visitor).get("body").stringValue());
	}

	/** A form that a browser sends. */
	void post(String path, String form, Visitor visitor) {
		request("POST", path, form, visitor);
	}

	private JsonNode request(String method, String path, String form, Visitor visitor) {
		JsonNode answer = JsonMapper.shared()
			.readTree(this.program.call("answer", method, path, "__session=" + visitor.cookie(), form));
		visitor.receive(answer.get("setCookie").stringValue());
		return answer;
	}

	@Override
	public void close() {
		this.program.close();
		this.client.shutdown();
	}

	/**
	 * A client of Redis as one in JavaScript is used.
	 *
	 * @param commands how Redis is reached
	 */
	public record Redis(RedisCommands<String, String> commands) {

		/** Reads a key. */
		public @Nullable String get(String key) {
			return this.commands.get(key);
		}

		/** Writes a key that lives for some seconds. */
		public String setex(String key, int seconds, String value) {
			return this.commands.setex(key, seconds, value);
		}

		/** Removes a key. */
		public long del(String key) {
			return this.commands.del(key);
		}

	}

}
