package io.sessionkit.storage.dynamodb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that answers as a test says: by itself, or with what another one answers.
 */
final class DynamoDbStub implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

	private final HttpServer server;

	private final Function<Call, Answer> answers;

	/** Answers by itself; {@code null} for nothing at all. */
	DynamoDbStub(Function<Call, @Nullable Answer> answers) {
		this.answers = answers;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	/**
	 * A request.
	 *
	 * @param number how many there were before
	 * @param operation what it asks for
	 * @param body its JSON
	 * @param headers what it is signed with
	 */
	record Call(int number, String operation, String body, List<String> headers) {

		/** What another server answers to it. */
		Answer forward(LocalDynamoDb server) {
			HttpRequest request = HttpRequest.newBuilder(server.endpoint())
				.headers(this.headers.toArray(String[]::new))
				.POST(HttpRequest.BodyPublishers.ofString(this.body))
				.build();
			try {
				HttpResponse<String> response = HttpClient.newHttpClient()
					.send(request, HttpResponse.BodyHandlers.ofString());
				return new Answer(response.statusCode(), response.body());
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}

	}

	/**
	 * An answer.
	 *
	 * @param status the HTTP status; 0 closes the connection without an answer
	 * @param body the JSON
	 */
	record Answer(int status, String body) {

		static final Answer CUT = new Answer(0, "");

		static Answer of(String json) {
			return new Answer(200, json);
		}

		static Answer throttled() {
			return error(400, "ProvisionedThroughputExceededException");
		}

		static Answer error(int status, String type) {
			return new Answer(status, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type
					+ "\",\"message\":\"theServersOwnWords about 0123456789abcdefghijklmnopqrstuvwxyzABCDEFG\"}");
		}

	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/** The operations that were asked for, in their order. */
	List<String> operations() {
		return calls().stream().map(Call::operation).toList();
	}

	List<Call> calls() {
		synchronized (this.calls) {
			return List.copyOf(this.calls);
		}
	}

	private void handle(HttpExchange exchange) throws IOException {
		String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Call call;
		synchronized (this.calls) {
			call = new Call(this.calls.size(), target.substring(target.indexOf('.') + 1), body, List.of("X-Amz-Target",
					target, "Authorization", exchange.getRequestHeaders().getFirst("Authorization"), "X-Amz-Date",
					exchange.getRequestHeaders().getFirst("X-Amz-Date"), "Content-Type", "application/x-amz-json-1.0"));
			this.calls.add(call);
		}
		Answer answer = this.answers.apply(call);
		if (answer == null) {
			hang();
		}
		else if (answer.status() > 0) {
			byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
			exchange.sendResponseHeaders(answer.status(), bytes.length);
			exchange.getResponseBody().write(bytes);
		}
		exchange.close();
	}

	private void hang() {
		try {
			this.closed.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
