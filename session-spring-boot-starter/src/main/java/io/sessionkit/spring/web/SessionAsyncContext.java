package io.sessionkit.spring.web;

import java.io.IOException;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Saves the session before a response without content is completed. The response is
 * completed even if that fails, since nothing else would complete it.
 */
final class SessionAsyncContext implements AsyncContext {

	private final AsyncContext delegate;

	private final SessionResponse response;

	SessionAsyncContext(AsyncContext delegate, SessionResponse response) {
		this.delegate = delegate;
		this.response = response;
	}

	@Override
	public void complete() {
		try {
			this.response.release();
		}
		catch (RuntimeException ex) {
			fail(ex);
			throw ex;
		}
		finally {
			this.delegate.complete();
		}
	}

	private void fail(RuntimeException failure) {
		try {
			if (!this.response.isCommitted() && !SessionFailure.answer(this.response, failure)) {
				this.response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
			}
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
	}

	@Override
	public ServletRequest getRequest() {
		return this.delegate.getRequest();
	}

	@Override
	public ServletResponse getResponse() {
		return this.delegate.getResponse();
	}

	@Override
	public boolean hasOriginalRequestAndResponse() {
		return this.delegate.hasOriginalRequestAndResponse();
	}

	@Override
	public void dispatch() {
		this.delegate.dispatch();
	}

	@Override
	public void dispatch(String path) {
		this.delegate.dispatch(path);
	}

	@Override
	public void dispatch(ServletContext context, String path) {
		this.delegate.dispatch(context, path);
	}

	@Override
	public void start(Runnable task) {
		this.delegate.start(task);
	}

	@Override
	public void addListener(AsyncListener listener) {
		this.delegate.addListener(new SessionAsyncListener(listener, this.response));
	}

	@Override
	public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
		this.delegate.addListener(new SessionAsyncListener(listener, this.response), request, response);
	}

	@Override
	public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
		return this.delegate.createListener(type);
	}

	@Override
	public void setTimeout(long timeout) {
		this.delegate.setTimeout(timeout);
	}

	@Override
	public long getTimeout() {
		return this.delegate.getTimeout();
	}

}
