package io.sessionkit.storage.cloudflare;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.sessionkit.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request to Cloudflare, limited in time and size. The request is repeated after
 * the status 429 or 5xx and after a broken connection, with growing, random pauses. All
 * requests of this package can be repeated, since none of them adds to what is stored.
 */
final class KvCalls {

	/**
	 * The number of attempts in one call of the strategy. More would exhaust the rate
	 * limit of the account.
	 */
	private static final int MOST_ATTEMPTS = 5;

	private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

	private final HttpClient client;

	/**
	 * Uses HTTP/1.1, where a connection that hangs delays only one call. With HTTP/2 it
	 * would delay all of them.
	 */
	KvCalls(Duration connectTimeout) {
		this.client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(connectTimeout)
			.build();
	}

	HttpResponse<byte[]> send(HttpRequest request, Deadline deadline) {
		while (true) {
			HttpResponse<byte[]> response = null;
			IOException broken = null;
			try {
				response = once(request, deadline);
			}
			catch (IOException ex) {
				broken = ex;
			}
			Answer answer = (response != null) ? Answer.of(response) : null;
			if (response != null && answer != null && !answer.mayPass()) {
				return response;
			}
			if (isUnreachable(broken) || deadline.attempt() == MOST_ATTEMPTS || !deadline.pause(pause(answer))) {
				throw (answer != null) ? Failures.busy(answer, deadline.attempt(), deadline.timeout())
						: Failures.broken(request.uri().getHost(), broken);
			}
		}
	}

	private HttpResponse<byte[]> once(HttpRequest request, Deadline deadline) throws IOException {
		CompletableFuture<HttpResponse<byte[]>> response = this.client.sendAsync(request, (head) -> new BoundedBody());
		try {
			return response.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw Failures.slow(deadline.timeout());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Failures.interrupted(ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getCause());
		}
		finally {
			response.cancel(true);
		}
	}

	/** Another attempt would fail in the same way, while somebody waits. */
	private static boolean isUnreachable(@Nullable IOException broken) {
		return broken instanceof ConnectException || broken instanceof HttpConnectTimeoutException;
	}

	private static Duration pause(@Nullable Answer answer) {
		return (answer != null && answer.retryAfter().compareTo(FIRST_PAUSE) > 0) ? answer.retryAfter() : FIRST_PAUSE;
	}

}
