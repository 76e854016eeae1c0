package io.sessionkit.spring.web;

import java.util.Collections;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessionkit.Session;
import io.sessionkit.SessionException;
import io.sessionkit.SessionStorage;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of one request through all its dispatches: made at the first use, committed
 * once.
 */
final class RequestSession {

	private static final String ATTRIBUTE = RequestSession.class.getName();

	private static final Logger logger = LoggerFactory.getLogger(SessionFilter.class);

	private final SessionStorage storage;

	private final SessionHeaders headers;

	private final HttpServletRequest request;

	private final AtomicBoolean committed = new AtomicBoolean();

	private @Nullable HttpServletResponse response;

	private @Nullable Session session;

	private @Nullable String setCookie;

	RequestSession(SessionStorage storage, SessionHeaders headers, HttpServletRequest request) {
		this.storage = storage;
		this.headers = headers;
		this.request = request;
	}

	static RequestSession of(ServletRequest request) {
		RequestSession session = find(request);
		if (session == null) {
			throw new IllegalStateException("The request did not pass the SessionFilter; in a test, add it to MockMvc");
		}
		return session;
	}

	static @Nullable RequestSession find(ServletRequest request) {
		return (RequestSession) request.getAttribute(ATTRIBUTE);
	}

	void bind() {
		this.request.setAttribute(ATTRIBUTE, this);
	}

	Session get() {
		if (this.session == null) {
			this.session = this.storage.getSession(cookieHeader());
			if (this.response != null) {
				this.storage.commitIfNeeded(this.session); // nothing to write: closes it
				addHeaders(this.response);
			}
		}
		return this.session;
	}

	private String cookieHeader() {
		return String.join(";", Collections.list(this.request.getHeaders("Cookie")));
	}

	boolean isUsed() {
		return this.session != null;
	}

	boolean isCommitted() {
		return this.committed.get();
	}

	/**
	 * Commits at the first call, whatever comes of it.
	 */
	void commit(HttpServletResponse response) {
		if (!this.committed.compareAndSet(false, true)) {
			return;
		}
		this.response = response;
		if (this.session != null) {
			try {
				this.setCookie = this.storage.commitIfNeeded(this.session);
			}
			finally {
				addHeaders(response);
			}
		}
	}

	/**
	 * Commits what stands although the request failed: a logout, a new id.
	 */
	void commitAfterFailure(HttpServletResponse response) {
		if (this.session == null || isCommitted()) {
			return;
		}
		this.session.discardChanges();
		try {
			commit(response);
		}
		catch (SessionException ex) {
			logger.warn("The session of a failed request could not be committed either: {}", ex.getMessage());
		}
	}

	/**
	 * Puts the headers of the commit on a response, again if it was reset.
	 */
	void addHeaders(HttpServletResponse response) {
		if (this.session != null && isCommitted()) {
			this.headers.add(this.request, response, this.setCookie);
		}
	}

}
