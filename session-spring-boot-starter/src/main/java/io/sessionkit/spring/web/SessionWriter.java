package io.sessionkit.spring.web;

import java.io.PrintWriter;

/**
 * Commits the session before the first character.
 */
final class SessionWriter extends PrintWriter {

	private final PrintWriter delegate;

	private final SessionResponse response;

	SessionWriter(PrintWriter delegate, SessionResponse response) {
		super(delegate);
		this.delegate = delegate;
		this.response = response;
	}

	@Override
	public void write(int character) {
		this.response.commitSession();
		this.delegate.write(character);
	}

	@Override
	public void write(char[] characters, int offset, int length) {
		this.response.commitSession();
		this.delegate.write(characters, offset, length);
	}

	@Override
	public void write(String text, int offset, int length) {
		this.response.commitSession();
		this.delegate.write(text, offset, length);
	}

	/** With the container's line end, which is not the platform's. */
	@Override
	public void println() {
		this.response.commitSession();
		this.delegate.println();
	}

	@Override
	public void flush() {
		this.response.commitSession();
		this.delegate.flush();
	}

	@Override
	public void close() {
		this.response.commitSession();
		this.delegate.close();
	}

}
