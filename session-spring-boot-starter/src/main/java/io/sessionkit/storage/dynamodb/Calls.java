package io.sessionkit.storage.dynamodb;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.sessionkit.SessionStorageException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Calls DynamoDB within the time-out, and explains what fails. What the client itself
 * gave up to repeat is repeated while there is time, if DynamoDB said that it did not do
 * it, or could not.
 */
final class Calls {

	private static final int SHORTEST_PAUSE_MILLIS = 5;

	private static final int LONGEST_PAUSE_MILLIS = 100;

	private final DynamoDbClient client;

	private final Duration timeout;

	private final Failures failures;

	Calls(DynamoDbClient client, SessionTable table, Duration timeout) {
		this.client = client;
		this.timeout = timeout;
		this.failures = new Failures(table);
	}

	/**
	 * One request.
	 */
	@FunctionalInterface
	interface Request<T> {

		/**
		 * Sends it.
		 * @param limit bounds it, repetitions by the client included
		 */
		T send(DynamoDbClient client, Consumer<AwsRequestOverrideConfiguration.Builder> limit);

	}

	/**
	 * Sends a request.
	 * @throws ConditionalCheckFailedException if its condition is not met
	 * @throws SessionStorageException if it fails otherwise
	 */
	<T> T call(String verb, Request<T> request) {
		long begin = System.nanoTime();
		for (int attempt = 0;; attempt++) {
			Duration left = this.timeout.minusNanos(System.nanoTime() - begin);
			try {
				return request.send(this.client, (options) -> options.apiCallTimeout(left));
			}
			catch (ConditionalCheckFailedException ex) {
				throw ex;
			}
			catch (SdkException ex) {
				Duration taken = Duration.ofNanos(System.nanoTime() - begin);
				if (!(ex instanceof AwsServiceException refusal && Failures.passes(refusal))
						|| !pause(attempt, this.timeout.minus(taken))) {
					throw new SessionStorageException(this.failures.explain(verb, taken, ex), ex);
				}
			}
		}
	}

	/** Waits with jitter, unless no time would be left then. */
	private static boolean pause(int attempt, Duration left) {
		int longest = Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << Math.min(attempt, 5));
		int pause = 1 + ThreadLocalRandom.current().nextInt(longest);
		if (left.toMillis() <= pause) {
			return false;
		}
		try {
			Thread.sleep(pause);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
