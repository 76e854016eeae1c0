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
 * Keeps asynchronous processing inside the response interceptor: also where it is started
 * without arguments, and also where it ends without a byte. Watches who opens a session
 * of the container.
 */
final class SessionRequest extends HttpServletRequestWrapper {

	private final SessionResponse response;

	private final ContainerSessionGuard guard;

	SessionRequest(HttpServletRequest request, SessionResponse response, ContainerSessionGuard guard) {
		super(request);
		this.response = response;
		this.guard = guard;
	}

	@Override
	public HttpSession getSession() {
		return getSession(true);
	}

	@Override
	public HttpSession getSession(boolean create) {
		if (create && super.getSession(false) == null) {
			this.guard.opening();
		}
		return super.getSession(create);
	}

	/** Nothing is written afterwards that would commit the session. */
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
	@SuppressWarnings("NullAway") // Spring's mock request has null for what is not
									// started
	public AsyncContext getAsyncContext() {
		AsyncContext context = super.getAsyncContext();
		return (context != null) ? new SessionAsyncContext(context, this.response) : context;
	}

}
