package io.sessionkit.spring.web;

import java.io.IOException;
import java.nio.ByteBuffer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/**
 * Saves the session before the first byte is sent.
 */
final class SessionOutputStream extends ServletOutputStream {

	private final ServletOutputStream delegate;

	private final SessionResponse response;

	SessionOutputStream(ServletOutputStream delegate, SessionResponse response) {
		this.delegate = delegate;
		this.response = response;
	}

	@Override
	public void write(int b) throws IOException {
		if (this.response.writing(1)) {
			this.delegate.write(b);
		}
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		if (this.response.writing(length)) {
			this.delegate.write(bytes, offset, length);
		}
	}

	@Override
	public void write(ByteBuffer buffer) throws IOException {
		if (this.response.writing(buffer.remaining())) {
			this.delegate.write(buffer);
		}
	}

	@Override
	public void print(String text) throws IOException {
		if (this.response.writing(text.length())) {
			this.delegate.print(text);
		}
	}

	@Override
	public void flush() throws IOException {
		if (!this.response.isEnded()) {
			this.response.commitSession();
			this.delegate.flush();
		}
	}

	@Override
	public void close() throws IOException {
		if (!this.response.isEnded()) {
			this.response.commitSession();
			this.delegate.close();
		}
	}

	@Override
	public boolean isReady() {
		return this.delegate.isReady();
	}

	@Override
	public void setWriteListener(WriteListener listener) {
		this.response.commitSession();
		this.delegate.setWriteListener(listener);
	}

}
