package io.sessionkit;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The store failed, did not answer in time, or met concurrent changes for too long.
 * Strategies throw it for every failure of their backend; in a web application it becomes
 * a 503 with {@code Retry-After} where nobody handles it.
 */
public final class SessionStorageException extends SessionException {

	private static final int LONGEST_REASON = 200;

	/** What follows repeats the arguments of a command. */
	private static final Pattern ARGUMENTS = Pattern.compile(",? with args beginning with.*");

	/** In a URL. */
	private static final Pattern PASSWORD = Pattern.compile("(?<=//)\\S+(?=@)|(?i)(?<=(?:password|pwd)=)[^&;\\s]+");

	/** A key, an id or a token: long, and most have a digit. */
	private static final Pattern CONFIDENTIAL = Pattern.compile("(?=[\\w+/=-]*\\d)[\\w+/=-]{16,}|[\\w+/=-]{32,}");

	/**
	 * Creates the exception.
	 * @param message what happened, with the number and what to do; no id, key or value
	 * @param cause the backend's own failure, or {@code null} where there is none
	 */
	public SessionStorageException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Returns what a backend's failure says for itself, to be part of a message: the
	 * first line of its innermost cause, shortened, with whatever could be a key, an id,
	 * a token or the password of a URL made unreadable. Not for texts that may quote the
	 * values of a statement.
	 * @param failure what the client library threw
	 * @return the text, or the name of the class where there is none
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
