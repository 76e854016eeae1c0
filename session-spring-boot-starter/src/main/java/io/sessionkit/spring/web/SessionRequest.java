package io.sessionkit.spring.web;

import java.io.IOException;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;

/**
 * Makes asynchronous processing use the {@link SessionResponse} even if it is started
 * without arguments, and saves the session even if the response has no content. Unless
 * the session of the container is configured, {@link HttpSession} is the session of the
 * request.
 */
final class SessionRequest extends HttpServletRequestWrapper {

	private final SessionResponse response;

	private final RequestSession session;

	private final HttpSessions httpSessions;

	SessionRequest(HttpServletRequest request, SessionResponse response, RequestSession session,
			HttpSessions httpSessions) {
		super(request);
		this.response = response;
		this.session = session;
		this.httpSessions = httpSessions;
	}

	@Override
	public HttpSession getSession() {
		return getSession(true);
	}

	@Override
	@SuppressWarnings("NullAway") // the Servlet API specifies null
	public HttpSession getSession(boolean create) {
		if (this.httpSessions.isEnabled()) {
			return this.session.httpSession(create);
		}
		if (create && super.getSession(false) == null) {
			this.httpSessions.openingContainers();
		}
		return super.getSession(create);
	}

	@Override
	public String changeSessionId() {
		return this.httpSessions.isEnabled() ? this.session.changeSessionId() : super.changeSessionId();
	}

	@Override
	@SuppressWarnings("NullAway") // the Servlet API specifies null
	public String getRequestedSessionId() {
		return this.httpSessions.isEnabled() ? this.session.requestedSessionId() : super.getRequestedSessionId();
	}

	@Override
	public boolean isRequestedSessionIdValid() {
		return this.httpSessions.isEnabled() ? this.session.isRequestedSessionIdValid()
				: super.isRequestedSessionIdValid();
	}

	@Override
	public boolean isRequestedSessionIdFromCookie() {
		return this.httpSessions.isEnabled() ? getRequestedSessionId() != null : super.isRequestedSessionIdFromCookie();
	}

	@Override
	public boolean isRequestedSessionIdFromURL() {
		return !this.httpSessions.isEnabled() && super.isRequestedSessionIdFromURL();
	}

	/**
	 * Saves the session first, since nothing is written after an upgrade that would save
	 * it.
	 */
	@Override
	public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
		this.response.release();
		return super.upgrade(handler);
	}

	@Override
	public AsyncContext startAsync() {
		return startAsync(this, this.response);
	}

	@Override
	public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
		return new SessionAsyncContext(super.startAsync(request, response), this.response);
	}

	@Override
	@SuppressWarnings("NullAway") // null in Spring's mock request
	public AsyncContext getAsyncContext() {
		AsyncContext context = super.getAsyncContext();
		return (context != null) ? new SessionAsyncContext(context, this.response) : context;
	}

}
