package io.sessionkit.spring.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * Keeps asynchronous processing inside the response interceptor: also where it is started
 * without arguments, and also where it ends without a byte.
 */
final class SessionRequest extends HttpServletRequestWrapper {

	private final SessionResponse response;

	SessionRequest(HttpServletRequest request, SessionResponse response) {
		super(request);
		this.response = response;
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
