package io.sessionkit.spring.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.sessionkit.Session;
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

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.spring.web.SessionFilter");

	private final SessionStorage storage;

	private final SessionHeaders headers;

	private final HttpServletRequest request;

	/** Who comes second waits until the headers of the commit are there. */
	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean committed;

	private boolean heldBack;

	private boolean opening;

	private boolean withoutRenewal;

	private boolean cookieSent;

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
		this.lock.lock();
		try {
			if (this.session == null) {
				this.session = open();
				if (this.response != null) {
					this.storage.commitIfNeeded(this.session); // only ends its changes
					addHeaders(this.response);
				}
			}
			return this.session;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Session open() {
		if (this.opening) {
			throw new IllegalStateException("The session of the request is just being opened, of which a listener "
					+ "hears; it cannot use the session yet");
		}
		this.opening = true;
		try {
			String cookies = cookieHeader();
			if (this.headers.isWatching() && !this.storage.hasCookie(cookies)) {
				this.headers.missing(this.request);
			}
			Session opened = this.storage.getSession(cookies);
			if (this.withoutRenewal) {
				opened.withoutRenewal();
			}
			if (keepsFlash()) {
				opened.keepFlash();
			}
			return opened;
		}
		finally {
			this.opening = false;
		}
	}

	private @Nullable String cookieHeader() {
		Enumeration<String> headers = this.request.getHeaders("Cookie");
		String header = headers.hasMoreElements() ? headers.nextElement() : null;
		return headers.hasMoreElements() ? header + ";" + String.join(";", Collections.list(headers)) : header;
	}

	/** Keeps the end of the session as it is, also where it is read later. */
	void withoutRenewal() {
		this.withoutRenewal = true;
		if (this.session != null && !this.committed) {
			this.session.withoutRenewal();
		}
	}

	/** Whether it may be that nobody looks at the answer. */
	boolean keepsFlash() {
		return this.request.getMethod().equals("HEAD") || isPrefetch("Sec-Purpose") || isPrefetch("X-Sec-Purpose")
				|| isPrefetch("Purpose");
	}

	/** As browsers say it, an older way of theirs, and Turbo. */
	private boolean isPrefetch(String header) {
		String purpose = this.request.getHeader(header);
		return purpose != null && purpose.contains("prefetch");
	}

	/** Whether a response may get a header now, with the cookie that it has. */
	boolean isAllowed(String name, @Nullable String value) {
		return !this.cookieSent || this.headers.isAllowed(name, value);
	}

	/** An empty session of the same storage that nobody commits, to convert values by. */
	Session scratch() {
		return this.storage.getSession(null);
	}

	/** Whether another program could write the session too. */
	boolean isShared() {
		return this.storage.isShared();
	}

	/** Makes writers hold back what is written, for changes that come late. */
	void holdBack() {
		this.heldBack = true;
	}

	boolean isHeldBack() {
		return this.heldBack && !this.committed;
	}

	boolean isUsed() {
		return this.session != null;
	}

	boolean isCommitted() {
		return this.committed;
	}

	/**
	 * Commits at the first call, whatever comes of it.
	 */
	void commit(HttpServletResponse response) {
		this.lock.lock();
		try {
			if (!this.committed) {
				this.committed = true;
				this.response = response;
				commitSession(response);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void commitSession(HttpServletResponse response) {
		if (this.session == null) {
			return;
		}
		try {
			this.setCookie = this.storage.commitIfNeeded(this.session);
		}
		finally {
			addHeaders(response);
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
		catch (RuntimeException ex) {
			// The request's own exception is the one to report.
			logger.warn("The session of a failed request could not be committed either: {}", ex.getMessage());
		}
	}

	/**
	 * Puts the headers of the commit on a response, again if it was reset.
	 */
	void addHeaders(HttpServletResponse response) {
		if (this.session != null && isCommitted()) {
			List<String> setCookies = new ArrayList<>(1);
			if (this.setCookie != null) {
				setCookies.add(this.setCookie);
			}
			setCookies.addAll(this.storage.expireVariants(this.session, this.request.getServerName(),
					this.request.getRequestURI()));
			this.cookieSent |= this.headers.add(this.request, response, setCookies);
		}
	}

}
