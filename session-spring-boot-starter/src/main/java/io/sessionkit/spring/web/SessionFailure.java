package io.sessionkit.spring.web;

import java.io.IOException;

import io.sessionkit.SessionStorageException;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Responds to the client if the store has failed.
 */
final class SessionFailure {

	private static final String RETRY_AFTER_SECONDS = "1";

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.spring.web.SessionFilter");

	private SessionFailure() {
	}

	/**
	 * Responds with 503 if the store caused an exception.
	 * @return {@code true} if the store caused it
	 */
	static boolean answer(HttpServletResponse response, Throwable thrown) throws IOException {
		for (Throwable ex = thrown; ex != null; ex = ex.getCause()) {
			if (ex instanceof SessionStorageException) {
				logger.warn("Answered 503 because the session store failed: {}", ex.getMessage());
				logger.debug("The session store failed", ex);
				response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
				response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
				return true;
			}
		}
		return false;
	}

}
