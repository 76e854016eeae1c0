package io.sessionkit.spring.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A client that keeps our cookie, and no other, and follows no redirect.
 */
public final class Browser {

	static final String COOKIE = "__Host-session=";

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final int port;

	private volatile String cookie = "";

	public Browser(int port) {
		this.port = port;
	}

	/** The value of our cookie, or "". */
	public String cookie() {
		return this.cookie;
	}

	public Browser cookie(String value) {
		this.cookie = value;
		return this;
	}

	public Answer get(String path) {
		return send("GET", path);
	}

	public Answer send(String method, String path) {
		return sendAsync(method, path).join();
	}

	public CompletableFuture<Answer> sendAsync(String method, String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.timeout(PATIENCE)
			.method(method, BodyPublishers.noBody());
		if (!this.cookie.isEmpty()) {
			request.header("Cookie", COOKIE + this.cookie);
		}
		return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).thenApply((response) -> {
			Answer answer = Answer.of(response);
			keep(answer.sessionCookies());
			return answer;
		});
	}

	private void keep(List<String> setCookies) {
		for (String setCookie : setCookies) {
			this.cookie = setCookie.substring(COOKIE.length(), setCookie.indexOf(';'));
		}
	}

}
