package io.sessionkit.storage.cloudflare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/**
 * What a real KV namespace cannot be made to do: a fake that answers as it is told to,
 * and otherwise keeps values, of which a replica may lag behind.
 */
final class KvStub implements AutoCloseable {

	private static final byte[] ABSENT = new byte[0];

	private final Map<String, TreeMap<Instant, byte[]>> history = new ConcurrentHashMap<>();

	private final Queue<HttpHandler> next = new ConcurrentLinkedQueue<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final InstantSource clock;

	private final HttpServer server;

	private volatile Duration lag = Duration.ZERO;

	private volatile HttpHandler always;

	KvStub(InstantSource clock) {
		this.clock = clock;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.always = this::keep;
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	URI baseUrl() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/client/v4");
	}

	CloudflareKvStorageStrategy.Builder strategy() {
		return CloudflareKvStorageStrategy.builder(LocalKv.ACCOUNT, LocalKv.NAMESPACE, LocalKv.TOKEN)
			.baseUrl(baseUrl())
			.timeout(Duration.ofSeconds(10))
			.clock(this.clock);
	}

	/** Answers the next request so. */
	void next(HttpHandler handler) {
		this.next.add(handler);
	}

	/** Answers every request so for which nothing else was said. */
	void always(HttpHandler handler) {
		this.always = handler;
	}

	/** Reads are this old from now on. */
	void lag(Duration lag) {
		this.lag = lag;
	}

	/** The requests since this was asked last: the verb, and what follows the path. */
	List<String> takeRequests() {
		List<String> taken = List.copyOf(this.requests);
		this.requests.clear();
		return taken;
	}

	static HttpHandler status(int status, int code, String... header) {
		String json = "{\"success\":false,\"errors\":[{\"code\":" + code + ",\"message\":\"no\"}],\"result\":null}";
		return (exchange) -> {
			if (header.length > 0) {
				exchange.getResponseHeaders().set(header[0], header[1]);
			}
			answer(exchange, status, json.getBytes(StandardCharsets.UTF_8));
		};
	}

	private void handle(HttpExchange exchange) throws IOException {
		String query = exchange.getRequestURI().getRawQuery();
		this.requests.add(exchange.getRequestMethod() + ((query != null) ? " " + query : ""));
		HttpHandler told = this.next.poll();
		((told != null) ? told : this.always).handle(exchange);
		exchange.close();
	}

	/** As KV does. */
	void keep(HttpExchange exchange) throws IOException {
		TreeMap<Instant, byte[]> values = this.history.computeIfAbsent(exchange.getRequestURI().getRawPath(),
				(path) -> new TreeMap<>());
		switch (exchange.getRequestMethod()) {
			case "GET" -> {
				Map.Entry<Instant, byte[]> value = values.floorEntry(this.clock.instant().minus(this.lag));
				if (value == null || value.getValue() == ABSENT) {
					status(404, 10009).handle(exchange);
				}
				else {
					answer(exchange, 200, value.getValue());
				}
			}
			case "PUT" -> {
				values.put(this.clock.instant(), exchange.getRequestBody().readAllBytes());
				answer(exchange, 200, "{\"success\":true}".getBytes(StandardCharsets.UTF_8));
			}
			default -> {
				values.put(this.clock.instant(), ABSENT);
				answer(exchange, 200, "{\"success\":true}".getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
