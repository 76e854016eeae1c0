package io.sessionkit.storage.dynamodb;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

import io.sessionkit.SessionStorageException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Explains failures and what to do about them.
 *
 * @param table the table
 */
record Failures(SessionTable table) {

	private static final int SERVER_ERROR = 500;

	private static final Set<String> DENIED = Set.of("AccessDeniedException", "UnrecognizedClientException",
			"InvalidSignatureException", "MissingAuthenticationTokenException", "IncompleteSignatureException");

	/**
	 * Whether the same request may succeed a little later: it was throttled, DynamoDB
	 * failed, or the connection broke, as an idle one may.
	 */
	static boolean passes(SdkException failure) {
		if (failure instanceof AwsServiceException refusal) {
			return isThrottled(refusal) || failure instanceof InternalServerErrorException
					|| refusal.statusCode() >= SERVER_ERROR || RetryUtils.isClockSkewException(refusal);
		}
		return failure instanceof ApiCallAttemptTimeoutException || failure.getCause() instanceof IOException;
	}

	static boolean isThrottled(AwsServiceException failure) {
		return failure instanceof ProvisionedThroughputExceededException || failure.isThrottlingException();
	}

	static boolean isDenied(AwsServiceException failure) {
		return failure.awsErrorDetails() != null && DENIED.contains(failure.awsErrorDetails().errorCode());
	}

	static boolean isError(AwsServiceException failure, String code) {
		return failure.awsErrorDetails() != null && code.equals(failure.awsErrorDetails().errorCode());
	}

	String explain(String verb, Duration taken, SdkException failure) {
		if (failure instanceof ResourceNotFoundException) {
			return missing() + "; create it with%n%n%s".formatted(this.table.commands());
		}
		if (failure instanceof AwsServiceException refusal && isThrottled(refusal)) {
			return ("DynamoDB throttled the table '%s' and refused to %s a session record for %d ms; raise its "
					+ "capacity, or set its billing mode to PAY_PER_REQUEST")
				.formatted(this.table.name(), verb, taken.toMillis());
		}
		if (failure instanceof AwsServiceException refusal && isDenied(refusal)) {
			return denied(refusal);
		}
		if (failure instanceof ApiCallTimeoutException) {
			return ("DynamoDB did not %s a session record within %d ms; check that it is reachable and, with its "
					+ "metric ThrottledRequests, that the table '%s' is not throttled, or increase the timeout")
				.formatted(verb, taken.toMillis(), this.table.name());
		}
		String time = (taken.toMillis() > 0) ? "within " + taken.toMillis() + " ms" : "at once";
		return "DynamoDB failed to %s a session record %s (%s); check that it is reachable".formatted(verb, time,
				reason(failure));
	}

	/**
	 * Returns the message of DynamoDB. For validation errors, which may quote the
	 * request, only the error code is returned.
	 */
	static String reason(SdkException failure) {
		if (failure instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null) {
			String code = refusal.awsErrorDetails().errorCode();
			String message = refusal.awsErrorDetails().errorMessage();
			return ("ValidationException".equals(code) || message == null) ? String.valueOf(code)
					: code + ": " + SessionStorageException.reason(new IllegalStateException(message));
		}
		return failure.getClass().getSimpleName() + ": " + SessionStorageException.reason(failure);
	}

	String missing() {
		return "There is no table '%s' in the account and region of the DynamoDbClient".formatted(this.table.name());
	}

	String denied(AwsServiceException failure) {
		return ("DynamoDB denied access to the table '%s' (%s); check the credentials of the DynamoDbClient, and grant "
				+ "them dynamodb:GetItem, PutItem, DeleteItem and BatchGetItem on it")
			.formatted(this.table.name(), reason(failure));
	}

}
