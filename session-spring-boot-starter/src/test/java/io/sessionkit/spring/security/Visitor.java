package io.sessionkit.spring.security;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.sessionkit.spring.app.RunningApp;

/**
 * Fills in forms as a browser does, keeps every cookie, and follows no redirect.
 */
final class Visitor {

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Map<String, String> cookies = new TreeMap<>();

	private final String host;

	private String page = "";

	Visitor(RunningApp app) {
		this.host = "http://localhost:" + app.port();
	}

	Visitor cookie(String name, String value) {
		this.cookies.put(name, value);
		return this;
	}

	String cookie(String name) {
		return this.cookies.getOrDefault(name, "");
	}

	Map<String, String> cookies() {
		return this.cookies;
	}

	Reply get(String path, String... headers) {
		return send(request(path).headers(headers(headers)).GET());
	}

	/** Sends a form with the token of the last page. */
	Reply post(String path, Map<String, String> form) {
		Map<String, String> all = new TreeMap<>(form);
		Matcher token = TOKEN.matcher(this.page);
		if (token.find()) {
			all.put("_csrf", token.group(1));
		}
		return postWithoutToken(path, all);
	}

	Reply postWithoutToken(String path, Map<String, String> form) {
		String body = form.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return send(request(path).headers("Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html")
			.POST(BodyPublishers.ofString(body)));
	}

	/** Goes to the login page and logs in. */
	Reply login() {
		get("/login");
		return post("/login", Map.of("username", SecuredApp.USER, "password", SecuredApp.PASSWORD));
	}

	/** The token that the last page has in its form. */
	String token() {
		Matcher token = TOKEN.matcher(this.page);
		return token.find() ? token.group(1) : "";
	}

	private static String[] headers(String... headers) {
		return (headers.length > 0) ? headers : new String[] { "Accept", "text/html" };
	}

	private HttpRequest.Builder request(String path) {
		String url = path.startsWith("http") ? path : this.host + path;
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
		if (!this.cookies.isEmpty()) {
			request.header("Cookie",
					this.cookies.entrySet()
						.stream()
						.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
						.collect(Collectors.joining("; ")));
		}
		return request;
	}

	private Reply send(HttpRequest.Builder request) {
		HttpResponse<String> response = CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).join();
		for (String cookie : response.headers().allValues("Set-Cookie")) {
			String name = cookie.substring(0, cookie.indexOf('='));
			String value = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
			if (value.isEmpty()) {
				this.cookies.remove(name);
			}
			else {
				this.cookies.put(name, value);
			}
		}
		if (!response.body().isEmpty()) {
			this.page = response.body();
		}
		return new Reply(response.statusCode(), response.body(),
				response.headers().firstValue("Location").orElse("").replace(this.host, ""),
				response.headers().allValues("Set-Cookie"), response.headers().allValues("Vary"));
	}

	/** What came back; the location without our own host. */
	record Reply(int status, String body, String location, List<String> setCookies, List<String> vary) {

	}

}
