package io.sessionkit.storage.dynamodb;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.sessionkit.SessionStorageException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Calls DynamoDB within the time-out, repeats what may succeed a moment later, and
 * explains what fails. The client repeats nothing itself, since after a throttled request
 * it would wait for longer than a visitor does.
 */
final class Calls {

	static final SdkPlugin NO_REPETITIONS = (client) -> client.overrideConfiguration(
			client.overrideConfiguration().copy((options) -> options.retryStrategy(AwsRetryStrategy.doNotRetry())));

	private static final int SHORTEST_PAUSE_MILLIS = 25;

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
		 * @param limit bounds it, and keeps the client from repeating it
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
		SdkException before = null;
		for (int attempt = 0;; attempt++) {
			Duration limit = atLeastOneMilli(this.timeout.minusNanos(System.nanoTime() - begin));
			try {
				return request.send(this.client, (options) -> options.apiCallTimeout(limit).addPlugin(NO_REPETITIONS));
			}
			catch (ConditionalCheckFailedException ex) {
				throw ex;
			}
			catch (SdkException ex) {
				Duration taken = Duration.ofNanos(System.nanoTime() - begin);
				if (!Failures.passes(ex) || !pause(attempt, this.timeout.minus(taken))) {
					SdkException reason = (before != null && ex instanceof ApiCallTimeoutException) ? before : ex;
					throw new SessionStorageException(this.failures.explain(verb, taken, reason), ex);
				}
				before = ex;
			}
		}
	}

	private static Duration atLeastOneMilli(Duration left) {
		return (left.toMillis() < 1) ? Duration.ofMillis(1) : left;
	}

	/** Waits with jitter, unless no time would be left then. */
	private static boolean pause(int attempt, Duration left) {
		int longest = Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << Math.min(attempt, 2));
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
