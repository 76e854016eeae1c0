package io.sessionkit.storage.dynamodb;

import java.time.Duration;
import java.util.function.Consumer;

import io.sessionkit.Deadline;
import io.sessionkit.SessionStorageException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Calls DynamoDB within the timeout, retries requests that may succeed a moment later,
 * and explains failures. Retries of the client are turned off, since after a throttled
 * request it would wait longer than a visitor does.
 */
final class Calls {

	static final SdkPlugin NO_REPETITIONS = (client) -> client.overrideConfiguration(
			client.overrideConfiguration().copy((options) -> options.retryStrategy(AwsRetryStrategy.doNotRetry())));

	private static final Duration FIRST_PAUSE = Duration.ofMillis(15);

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
		 * Sends the request.
		 * @param limit limits the time of the request, and turns off retries of the
		 * client
		 */
		T send(DynamoDbClient client, Consumer<AwsRequestOverrideConfiguration.Builder> limit);

	}

	/**
	 * Sends a request.
	 * @throws ConditionalCheckFailedException if its condition is not met
	 * @throws SessionStorageException if it fails otherwise
	 */
	<T> T call(String verb, Request<T> request) {
		Deadline deadline = Deadline.in(this.timeout);
		SdkException before = null;
		while (true) {
			Duration limit = atLeastOneMilli(deadline.left());
			try {
				return request.send(this.client, (options) -> options.apiCallTimeout(limit).addPlugin(NO_REPETITIONS));
			}
			catch (ConditionalCheckFailedException ex) {
				throw ex;
			}
			catch (SdkException ex) {
				Duration taken = this.timeout.minus(deadline.left());
				if (!Failures.passes(ex) || !deadline.pause(FIRST_PAUSE)) {
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

}
