package io.sessionkit.spring.web;

import java.io.IOException;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Passes events to a listener with an {@code AsyncContext} that also saves the session,
 * for listeners that complete the response themselves, for instance after a timeout.
 */
final class SessionAsyncListener implements AsyncListener {

	private final AsyncListener delegate;

	private final SessionResponse response;

	SessionAsyncListener(AsyncListener delegate, SessionResponse response) {
		this.delegate = delegate;
		this.response = response;
	}

	@Override
	public void onComplete(AsyncEvent event) throws IOException {
		this.delegate.onComplete(wrapped(event));
	}

	@Override
	public void onTimeout(AsyncEvent event) throws IOException {
		this.delegate.onTimeout(wrapped(event));
	}

	@Override
	public void onError(AsyncEvent event) throws IOException {
		this.delegate.onError(wrapped(event));
	}

	@Override
	public void onStartAsync(AsyncEvent event) throws IOException {
		this.delegate.onStartAsync(wrapped(event));
	}

	private AsyncEvent wrapped(AsyncEvent event) {
		return new AsyncEvent(new SessionAsyncContext(event.getAsyncContext(), this.response),
				event.getSuppliedRequest(), event.getSuppliedResponse(), event.getThrowable());
	}

}
