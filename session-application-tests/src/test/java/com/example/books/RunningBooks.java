package com.example.books;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The bookshop behind one address: two instances, where they share the sessions.
 */
final class RunningBooks {

	private static final Map<Storage, RunningBooks> SHARED = new ConcurrentHashMap<>();

	private static final FakeProvider PROVIDER = new FakeProvider();

	private final Balancer balancer;

	private final Storage storage;

	private final String[] arguments;

	private final Deque<ConfigurableApplicationContext> instances = new ArrayDeque<>();

	private RunningBooks(Storage storage) {
		this.storage = storage;
		try {
			this.balancer = new Balancer();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Stream<String> own = Stream.of("server.port=0", "spring.config.name=books",
				"books.origin=" + this.balancer.origin());
		this.arguments = Stream.of(own, storage.start().stream(), PROVIDER.properties().stream())
			.flatMap((properties) -> properties)
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		start();
		if (storage.isShared()) {
			start();
		}
		balance();
	}

	/** One for all tests. */
	static RunningBooks on(Storage storage) {
		return SHARED.computeIfAbsent(storage, RunningBooks::new);
	}

	private void start() {
		this.instances.addLast(SpringApplication.run(BooksApplication.class, this.arguments));
	}

	private void balance() {
		this.balancer.use(this.instances.stream().map(RunningBooks::address).toList());
	}

	private static String address(ConfigurableApplicationContext instance) {
		return "http://localhost:" + instance.getEnvironment().getRequiredProperty("local.server.port");
	}

	/**
	 * A new instance takes the place of the oldest one, where they share the sessions.
	 */
	void restart() {
		if (this.storage.isShared()) {
			start();
			ConfigurableApplicationContext oldest = this.instances.removeFirst();
			balance();
			oldest.close();
		}
	}

	String url(String path) {
		return this.balancer.origin() + path;
	}

	Balancer balancer() {
		return this.balancer;
	}

	/** How many tokens the provider gave out. */
	static int tokens() {
		return PROVIDER.tokens();
	}

	/** A number of the statistics, over all instances. */
	int count(String what) {
		return this.instances.stream().mapToInt((instance) -> count(instance, what)).sum();
	}

	private static int count(ConfigurableApplicationContext instance, String what) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(address(instance) + "/statistics")).build();
		try {
			String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
			return ((Number) JsonParserFactory.getJsonParser().parseMap(body).get(what)).intValue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
