package io.sessionkit.spring.web;

import java.io.IOException;
import java.io.PrintWriter;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The response interceptor: commits the session right before anything makes the headers
 * final.
 */
final class SessionResponse extends HttpServletResponseWrapper {

	private final RequestSession session;

	private @Nullable ServletOutputStream outputStream;

	private @Nullable SessionWriter writer;

	SessionResponse(HttpServletResponse response, RequestSession session) {
		super(response);
		this.session = session;
	}

	private HttpServletResponse response() {
		return (HttpServletResponse) getResponse();
	}

	void commitSession() {
		try {
			this.session.commit(response());
		}
		catch (RuntimeException ex) {
			setContentLengthLong(-1); // whatever answers now has another length
			throw ex;
		}
	}

	/** Commits and lets go of everything, before a flush and at the end. */
	void release() {
		commitSession();
		if (this.writer != null) {
			this.writer.release();
		}
	}

	/** Commits before what was written so far is thrown away. */
	private void commitWithoutBody() {
		commitSession();
		forgetBody();
	}

	private void commitBefore(boolean clearingBuffer) {
		if (clearingBuffer) {
			commitWithoutBody();
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
	public void setHeader(String name, @Nullable String value) {
		if (this.session.isAllowed(name, value)) {
			super.setHeader(name, value);
		}
	}

	@Override
	public void addHeader(String name, @Nullable String value) {
		if (this.session.isAllowed(name, value)) {
			super.addHeader(name, value);
		}
	}

	@Override
	public void setIntHeader(String name, int value) {
		if (this.session.isAllowed(name, Integer.toString(value))) {
			super.setIntHeader(name, value);
		}
	}

	@Override
	public void addIntHeader(String name, int value) {
		if (this.session.isAllowed(name, Integer.toString(value))) {
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
		commitWithoutBody();
		super.sendError(status);
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		commitWithoutBody();
		super.sendError(status, message);
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		commitWithoutBody();
		super.sendRedirect(location);
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		commitWithoutBody();
		super.sendRedirect(location, status);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		commitBefore(clearBuffer);
		super.sendRedirect(location, clearBuffer);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		commitBefore(clearBuffer);
		super.sendRedirect(location, status, clearBuffer);
	}

	@Override
	public void resetBuffer() {
		super.resetBuffer();
		forgetBody();
	}

	@Override
	public void reset() {
		super.reset();
		this.outputStream = null;
		this.writer = null;
		this.session.addHeaders(response());
	}

}
