package io.sessionkit.storage.cloudflare;

import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;

import io.sessionkit.SessionStorageException;
import org.jspecify.annotations.Nullable;

/**
 * Describes failures by the numbers in Cloudflare's response. Its texts, and those of the
 * HTTP client, may contain a key or a token, so they are not passed on.
 */
final class Failures {

	/** Cloudflare's code, together with status 400, for a malformed namespace id. */
	private static final int MALFORMED_NAMESPACE = 10011;

	private Failures() {
	}

	static SessionStorageException of(Answer answer, String verb, String namespaceId) {
		if (answer.isRefusedToken()) {
			return new SessionStorageException(
					("Cloudflare refused the API token when a session record was to be %s (%s); create one with the "
							+ "permission Workers KV Storage: Edit for the account, and configure it")
						.formatted(verb, numbers(answer)),
					null);
		}
		if (answer.status() == 404 || answer.code() == MALFORMED_NAMESPACE) {
			return new SessionStorageException(
					("Cloudflare did not find the KV namespace %s in the account (%s); check the namespace id, the "
							+ "account id and the base URL")
						.formatted(namespaceId, numbers(answer)),
					null);
		}
		return new SessionStorageException(
				"A session record could not be %s in Cloudflare KV (%s); check the account id and the base URL"
					.formatted(verb, numbers(answer)),
				null);
	}

	static SessionStorageException busy(Answer answer, int attempts, Duration timeout) {
		String advice = (answer.status() == 429)
				? "its API allows about 4 calls a second for an account, and one write a second for a key; "
						+ "use another storage for more traffic"
				: "check whether Cloudflare reports an incident, and try again later";
		return new SessionStorageException("Cloudflare KV was not available (%s), tried %d times within %d ms; %s"
			.formatted(numbers(answer), attempts, timeout.toMillis(), advice), null);
	}

	static SessionStorageException slow(Duration timeout) {
		return new SessionStorageException(
				"Cloudflare KV did not answer within %d ms; check whether it can be reached, or raise the timeout"
					.formatted(timeout.toMillis()),
				null);
	}

	static SessionStorageException broken(String host, @Nullable IOException failure) {
		String what = (failure instanceof HttpConnectTimeoutException) ? "no connection in time"
				: (failure != null) ? failure.getClass().getSimpleName() : "no answer";
		return new SessionStorageException(
				"Cloudflare KV at %s failed: %s; check the network and the base URL".formatted(host, what),
				(failure != null) ? withoutText(failure) : null);
	}

	static SessionStorageException interrupted(InterruptedException cause) {
		return new SessionStorageException("The thread was interrupted while it waited for Cloudflare KV", cause);
	}

	private static String numbers(Answer answer) {
		return "status " + answer.status() + ((answer.code() != 0) ? ", code " + answer.code() : "");
	}

	private static IOException withoutText(IOException failure) {
		IOException clean = new IOException(failure.getClass().getSimpleName());
		clean.setStackTrace(failure.getStackTrace());
		return clean;
	}

}
