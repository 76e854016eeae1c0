package io.sessionkit.spring.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.PrintWriter;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A response that saves the session right before its headers are sent.
 */
final class SessionResponse extends HttpServletResponseWrapper {

	/** Jetty sends larger pieces at once. */
	private static final int MOST_BUFFERED = 8192;

	private final RequestSession session;

	private @Nullable ServletOutputStream outputStream;

	private @Nullable SessionWriter writer;

	private @Nullable Ending ending;

	private long written;

	private long contentLength = Long.MAX_VALUE;

	SessionResponse(HttpServletResponse response, RequestSession session) {
		super(response);
		this.session = session;
	}

	private HttpServletResponse response() {
		return (HttpServletResponse) getResponse();
	}

	/**
	 * Called before bytes are written. While they fit into the container's buffer, the
	 * session can still be changed.
	 * @return whether the bytes are to be written
	 */
	boolean writing(long bytes) {
		if (isEnded()) {
			return false;
		}
		if (this.session.isHeldBack()) {
			this.written += bytes;
			if (this.written < this.contentLength && this.written <= Math.min(getBufferSize(), MOST_BUFFERED)) {
				return true;
			}
		}
		commitSession();
		return true;
	}

	void commitSession() {
		try {
			this.session.commit(response());
		}
		catch (RuntimeException ex) {
			setContentLengthLong(-1); // the response that follows has another length
			throw ex;
		}
	}

	/**
	 * Saves the session and sends everything that is buffered, before a flush and at the
	 * end.
	 */
	void release() {
		Ending held = this.ending;
		this.ending = null;
		commitSession();
		if (held != null) {
			held.send();
		}
		else if (this.writer != null) {
			this.writer.release();
		}
	}

	/** Sends a redirect or an error. The session can still be changed until then. */
	@FunctionalInterface
	private interface Send {

		void send() throws IOException;

	}

	private record Ending(int status, Send answer) {

		void send() {
			try {
				this.answer.send();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * Ends the response. If the session can still be changed until the end of the
	 * request, the container sends the redirect or error only then.
	 */
	private void end(int status, boolean clearingBuffer, Send answer) throws IOException {
		if (!this.session.isHeldBack() || !clearingBuffer || super.isCommitted() || isDeaf(status)) {
			commitBefore(clearingBuffer);
			answer.send();
			return;
		}
		if (this.ending != null) {
			throw new IllegalStateException("The response has already ended with a redirect or an error");
		}
		forgetBody();
		this.ending = new Ending(status, answer);
	}

	/** Whether the container ignores redirects and errors, as it does in an include. */
	private boolean isDeaf(int status) {
		super.setStatus(status);
		return super.getStatus() != status;
	}

	/** Drops a redirect or an error, since the request has failed after it. */
	void forgetEnd() {
		this.ending = null;
	}

	/** Whether output is ignored because the response has ended. */
	boolean isEnded() {
		return this.ending != null;
	}

	@Override
	public boolean isCommitted() {
		return isEnded() || super.isCommitted();
	}

	@Override
	public int getStatus() {
		return (this.ending != null) ? this.ending.status() : super.getStatus();
	}

	private void commitBefore(boolean clearingBuffer) {
		if (clearingBuffer) {
			commitSession();
			forgetBody();
		}
		else {
			release();
		}
	}

	private void forgetBody() {
		if (this.writer != null) {
			this.writer.forget();
		}
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		if (this.outputStream == null) {
			this.outputStream = new SessionOutputStream(super.getOutputStream(), this);
		}
		return this.outputStream;
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		if (this.writer == null) {
			this.writer = new SessionWriter(super.getWriter(), this, this.session.isHeldBack());
		}
		return this.writer;
	}

	@Override
	public void setContentLength(int length) {
		setContentLengthLong(length);
	}

	@Override
	public void setContentLengthLong(long length) {
		this.contentLength = (length >= 0) ? length : Long.MAX_VALUE;
		super.setContentLengthLong(length);
	}

	/** The container may send the response as soon as all of its content is written. */
	private void lookAtLength(String name) {
		if (name.equalsIgnoreCase("Content-Length")) {
			this.contentLength = 0;
		}
	}

	@Override
	public void setHeader(String name, @Nullable String value) {
		if (this.session.isAllowed(name, value)) {
			lookAtLength(name);
			super.setHeader(name, value);
		}
	}

	@Override
	public void addHeader(String name, @Nullable String value) {
		if (this.session.isAllowed(name, value)) {
			lookAtLength(name);
			super.addHeader(name, value);
		}
	}

	@Override
	public void setIntHeader(String name, int value) {
		if (this.session.isAllowed(name, Integer.toString(value))) {
			lookAtLength(name);
			super.setIntHeader(name, value);
		}
	}

	@Override
	public void addIntHeader(String name, int value) {
		if (this.session.isAllowed(name, Integer.toString(value))) {
			lookAtLength(name);
			super.addIntHeader(name, value);
		}
	}

	@Override
	public void flushBuffer() throws IOException {
		release();
		super.flushBuffer();
	}

	@Override
	public void sendError(int status) throws IOException {
		end(status, true, () -> super.sendError(status));
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		end(status, true, () -> super.sendError(status, message));
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		end(SC_FOUND, true, () -> super.sendRedirect(location));
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		end(status, true, () -> super.sendRedirect(location, status));
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		end(SC_FOUND, clearBuffer, () -> super.sendRedirect(location, clearBuffer));
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		end(status, clearBuffer, () -> super.sendRedirect(location, status, clearBuffer));
	}

	private void requireNotEnded() {
		if (isEnded()) {
			throw new IllegalStateException("The response has already ended with a redirect or an error");
		}
	}

	@Override
	public void resetBuffer() {
		requireNotEnded();
		super.resetBuffer();
		this.written = 0;
		forgetBody();
	}

	@Override
	public void reset() {
		requireNotEnded();
		super.reset();
		this.written = 0;
		this.contentLength = Long.MAX_VALUE;
		this.outputStream = null;
		this.writer = null;
		this.session.addHeaders(response());
	}

}
