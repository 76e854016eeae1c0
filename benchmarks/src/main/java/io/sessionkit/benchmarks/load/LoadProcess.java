package io.sessionkit.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

import io.sessionkit.benchmarks.ChildProcess;

/**
 * The application of a variant in a JVM of its own, with a number of sessions.
 */
public final class LoadProcess implements AutoCloseable {

	/** How many. */
	public static final int SESSIONS = 1024;

	private final Variant variant;

	private final ChildProcess process;

	private final int port;

	private final HttpClient client = HttpClient.newHttpClient();

	private final List<String> cookies = new ArrayList<>();

	private final List<String> fatCookies = new ArrayList<>();

	private LoadProcess(Variant variant, ChildProcess process, int port) {
		this.variant = variant;
		this.process = process;
		this.port = port;
	}

	/** Starts it, logs in, and proves that every page does what it is measured for. */
	static LoadProcess start(Variant variant, Stores stores) throws IOException, InterruptedException {
		return start(variant, stores.arguments(variant));
	}

	/** The same, with arguments that say where the store is, and options of the JVM. */
	public static LoadProcess start(Variant variant, List<String> arguments, String... options)
			throws IOException, InterruptedException {
		List<String> all = new ArrayList<>(
				List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-cp", System.getProperty("java.class.path")));
		all.addAll(List.of(options));
		List<String> words = new ArrayList<>(List.of(variant.toString()));
		words.addAll(arguments);
		ChildProcess process = ChildProcess.java(all, LoadServer.class, words.toArray(String[]::new));
		LoadProcess started = new LoadProcess(variant, process, Integer.parseInt(process.readLine()));
		started.logIn();
		return started;
	}

	private void logIn() throws IOException, InterruptedException {
		for (int i = 0; i < SESSIONS; i++) {
			this.cookies
				.add(this.variant.hasSession() ? cookie(send("POST", "/login", "")) : this.variant.otherCookie());
		}
		if (this.variant.hasSession()) {
			String cookie = this.cookies.get(0);
			HttpResponse<String> written = send("POST", "/write", cookie);
			String again = cookieAfter(written, cookie);
			if (!Payload.NAME.equals(send("GET", "/read", cookie).body()) || !"1".equals(written.body())
					|| !"2".equals(send("POST", "/write", again).body())) {
				throw new IllegalStateException(this.variant + " does not keep its sessions");
			}
		}
	}

	/** Others than those that the other paths go on to read. */
	private void grow() throws IOException, InterruptedException {
		for (int i = 0; i < SESSIONS; i++) {
			String cookie = cookie(send("POST", "/login", ""));
			HttpResponse<String> grown = send("POST", "/fat", cookie);
			if (grown.statusCode() != 200) {
				throw new IllegalStateException(this.variant + " does not take large sessions");
			}
			this.fatCookies.add(cookieAfter(grown, cookie));
		}
	}

	private static String cookieAfter(HttpResponse<String> response, String before) {
		return response.headers().firstValue("Set-Cookie").isPresent() ? cookie(response) : before;
	}

	private static String cookie(HttpResponse<String> response) {
		String header = response.headers().firstValue("Set-Cookie").orElseThrow();
		return header.substring(0, header.indexOf(';'));
	}

	private HttpResponse<String> send(String method, String path, String cookie)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.method(method, BodyPublishers.noBody());
		if (!cookie.isEmpty()) {
			request.header("Cookie", cookie);
		}
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	/** One request, of the first session where it is of one that exists. */
	public void request(LoadPath path) throws IOException, InterruptedException {
		int status = send(path.method(), path.path(), path.sendsCookies() ? this.cookies.get(0) : "").statusCode();
		if (status != 200) {
			throw new IllegalStateException(this.variant + " answers " + path + " with " + status);
		}
	}

	/** Of the cookie of a session, as the browser sends it. */
	int cookieBytes() {
		return this.cookies.get(0).length();
	}

	/** Those that a path is to be asked with. */
	List<String> cookies(LoadPath path) throws IOException, InterruptedException {
		if (path != LoadPath.FAT) {
			return path.sendsCookies() ? this.cookies : List.of(this.variant.otherCookie());
		}
		if (this.fatCookies.isEmpty()) {
			grow();
		}
		return this.fatCookies;
	}

	Variant variant() {
		return this.variant;
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	/** By all threads since the start. */
	long allocatedBytes() throws IOException, InterruptedException {
		return Long.parseLong(send("GET", "/allocated", "").body());
	}

	@Override
	public void close() throws IOException {
		this.process.close();
	}

}
