package io.sessionkit;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the store failed, did not answer in time, or met concurrent changes for too
 * long. A strategy throws it for every failure of its backend. In a web application it
 * becomes a 503 with {@code Retry-After}, unless it is handled.
 */
public final class SessionStorageException extends SessionException {

	private static final int LONGEST_REASON = 200;

	/** The text after which the arguments of a command follow. */
	private static final Pattern ARGUMENTS = Pattern.compile(",? with args beginning with.*");

	/** A password in a URL. */
	private static final Pattern PASSWORD = Pattern.compile("(?<=//)\\S+(?=@)|(?i)(?<=(?:password|pwd)=)[^&;\\s]+");

	/** A key, an id or a token, which is long and mostly contains a digit. */
	private static final Pattern CONFIDENTIAL = Pattern.compile("(?=[\\w+/=-]*\\d)[\\w+/=-]{16,}|[\\w+/=-]{32,}");

	/**
	 * Creates an exception.
	 * @param message what happened, with the numbers, and what to do; without any id, key
	 * or value
	 * @param cause the failure of the backend; {@code null} if there is none
	 */
	public SessionStorageException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Returns the text of a failure of a backend, for use in a message. This is the first
	 * line of its innermost cause, shortened, in which everything that could be a key, an
	 * id, a token or a password in a URL is masked. Do not use it for a text that may
	 * quote the values of a statement.
	 * @param failure what the client library threw
	 * @return the text, or the name of the class if there is no text
	 */
	public static String reason(Throwable failure) {
		Throwable innermost = failure;
		for (int depth = 0; innermost.getCause() != null && depth < 20; depth++) {
			innermost = innermost.getCause();
		}
		String message = innermost.getMessage();
		if (message == null || message.isBlank()) {
			return innermost.getClass().getSimpleName();
		}
		String line = ARGUMENTS.matcher(message.strip().lines().findFirst().orElse("")).replaceFirst("");
		String safe = CONFIDENTIAL.matcher(PASSWORD.matcher(line).replaceAll("...")).replaceAll("...");
		return (safe.length() > LONGEST_REASON) ? safe.substring(0, LONGEST_REASON) + "..." : safe;
	}

}
