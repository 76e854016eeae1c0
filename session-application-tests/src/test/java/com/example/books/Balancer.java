package com.example.books;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Gives each request to the next instance, whoever sends it, and writes down which
 * cookies are set.
 */
final class Balancer {

	private static final Set<String> NOT_FORWARDED = Set.of("host", "connection", "content-length", "transfer-encoding",
			"upgrade", "expect");

	private final HttpClient client = HttpClient.newHttpClient();

	private final AtomicInteger turn = new AtomicInteger();

	private final Set<String> cookies = ConcurrentHashMap.newKeySet();

	private final HttpServer server;

	private volatile List<String> instances = List.of();

	Balancer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
		this.server.setExecutor(Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "balancer");
			thread.setDaemon(true);
			return thread;
		}));
		this.server.createContext("/", this::forward);
		this.server.start();
	}

	String origin() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	/** From now on these answer, in turn. */
	void use(List<String> instances) {
		this.instances = List.copyOf(instances);
	}

	/** The names of all cookies that were set. */
	Set<String> cookies() {
		return this.cookies;
	}

	private void forward(HttpExchange exchange) throws IOException {
		try (exchange) {
			List<String> now = this.instances;
			String instance = now.get(this.turn.getAndIncrement() % now.size());
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(instance + exchange.getRequestURI()));
			exchange.getRequestHeaders().forEach((name, values) -> {
				if (isForwarded(name)) {
					values.forEach((value) -> request.header(name, value));
				}
			});
			request.header("X-Forwarded-Proto", "http")
				.header("X-Forwarded-Host", "localhost")
				.header("X-Forwarded-Port", String.valueOf(this.server.getAddress().getPort()))
				.method(exchange.getRequestMethod(),
						BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
			answer(exchange, this.client.send(request.build(), BodyHandlers.ofByteArray()));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
		response.headers().map().forEach((name, values) -> {
			if (isForwarded(name)) {
				values.forEach((value) -> exchange.getResponseHeaders().add(name, value));
			}
		});
		for (String cookie : response.headers().allValues("Set-Cookie")) {
			HttpCookie.parse(cookie).forEach((each) -> this.cookies.add(each.getName()));
		}
		String everything = response.headers().map() + new String(response.body(), UTF_8);
		if (everything.toLowerCase(Locale.ROOT).contains("jsessionid")) {
			this.cookies.add("JSESSIONID");
		}
		exchange.sendResponseHeaders(response.statusCode(), (response.body().length > 0) ? response.body().length : -1);
		if (response.body().length > 0) {
			exchange.getResponseBody().write(response.body());
		}
	}

	private static boolean isForwarded(String header) {
		return !NOT_FORWARDED.contains(header.toLowerCase(Locale.ROOT)) && !header.startsWith(":");
	}

}
