package io.sessionkit.storage.dynamodb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The endpoint of DynamoDB, for answers that no server on this machine gives: it says
 * what it is told, in turn, the last one for ever.
 */
final class StubDynamoDb implements AutoCloseable {

	/** An item that is not there, or a write that was done. */
	static final Answer DONE = new Answer(200, "{}");

	static final Answer THROTTLED = error("ProvisionedThroughputExceededException");

	static final Answer BROKEN = new Answer(500,
			"{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\"}");

	static final Answer HANGING = new Answer(0, "");

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	StubDynamoDb(Answer... answers) {
		this.answers.addAll(List.of(answers));
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::answer);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	static Answer error(String type) {
		return new Answer(400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type
				+ "\",\"message\":\"words of the server, which may quote a key\"}");
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/** The operations that were asked for, and what they were given. */
	List<String> requests() {
		return List.copyOf(this.requests);
	}

	private void answer(HttpExchange exchange) throws IOException {
		String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
		this.requests.add(target.substring(target.indexOf('.') + 1) + " "
				+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		Answer answer = (this.answers.size() > 1) ? this.answers.remove() : this.answers.element();
		if (answer.equals(HANGING)) {
			try {
				this.closed.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			exchange.close();
			return;
		}
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
		exchange.sendResponseHeaders(answer.status(), body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/** What it says: a status and JSON. */
	record Answer(int status, String body) {

	}

}
