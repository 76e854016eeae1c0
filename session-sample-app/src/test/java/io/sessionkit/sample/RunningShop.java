package io.sessionkit.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The shop on a random port, and plain requests to it that follow no redirect and keep no
 * cookie.
 */
final class RunningShop implements AutoCloseable {

	private static final Map<String, RunningShop> SHARED = new ConcurrentHashMap<>();

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private RunningShop(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/** One shop for each storage and all tests, without Secure cookies for HtmlUnit. */
	static RunningShop on(Store store) {
		return SHARED.computeIfAbsent(store.name(),
				(each) -> start(store.properties("sessionkit.cookie.secure=false")));
	}

	/** Likewise the shop with Spring Security, with patience for a busy machine. */
	static RunningShop securedOn(Store store) {
		return SHARED.computeIfAbsent("secured " + store,
				(each) -> startSecured(store, "sessionkit.cookie.secure=false", "sessionkit.timeout=5s"));
	}

	static RunningShop startSecured(Store store, String... properties) {
		return start(SecuredShop.class,
				Stream.concat(Stream.of("spring.profiles.active=security"), Stream.of(store.properties(properties)))
					.toArray(String[]::new));
	}

	static RunningShop start(String... properties) {
		return start(ShopApplication.class, properties);
	}

	static RunningShop start(Class<?> application, String... properties) {
		String[] arguments = Stream.concat(Stream.of("server.port=0"), Stream.of(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		return new RunningShop(SpringApplication.run(application, arguments));
	}

	/** The requests after which the container had a session of its own. */
	Collection<String> containerSessions() {
		return this.context.getBean(SecuredShop.Watch.class).seen();
	}

	String url(String path) {
		return "http://localhost:" + this.context.getEnvironment().getRequiredProperty("local.server.port") + path;
	}

	HttpResponse<String> get(String path, String cookie) {
		return send(request(path, cookie).GET().build());
	}

	HttpResponse<String> post(String path, String cookie, String form) {
		return send(request(path, cookie).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form))
			.build());
	}

	private HttpRequest.Builder request(String path, String cookie) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path))).header("Accept", "text/html, */*");
		return cookie.isEmpty() ? request : request.header("Cookie", "__session=" + cookie);
	}

	private static HttpResponse<String> send(HttpRequest request) {
		try {
			return CLIENT.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
