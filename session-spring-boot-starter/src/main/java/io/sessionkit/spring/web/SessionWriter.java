package io.sessionkit.spring.web;

import java.io.PrintWriter;

import org.jspecify.annotations.Nullable;

/**
 * Saves the session before the first character is sent. If the session may still change
 * while a template is rendered, output is buffered until it is flushed, complete, or
 * exceeds the limit.
 */
final class SessionWriter extends PrintWriter {

	/** The limit in characters. Most pages are smaller. */
	static final int MAX_HELD_BACK = 1 << 16;

	private final PrintWriter delegate;

	private final SessionResponse response;

	private @Nullable StringBuilder heldBack;

	SessionWriter(PrintWriter delegate, SessionResponse response, boolean holdingBack) {
		super(delegate);
		this.delegate = delegate;
		this.response = response;
		this.heldBack = holdingBack ? new StringBuilder() : null;
	}

	@Override
	public void write(int character) {
		StringBuilder held = room(1);
		if (held != null) {
			held.append((char) character);
		}
		else {
			this.delegate.write(character);
		}
	}

	@Override
	public void write(char[] characters, int offset, int length) {
		StringBuilder held = room(length);
		if (held != null) {
			held.append(characters, offset, length);
		}
		else {
			this.delegate.write(characters, offset, length);
		}
	}

	@Override
	public void write(String text, int offset, int length) {
		StringBuilder held = room(length);
		if (held != null) {
			held.append(text, offset, offset + length);
		}
		else {
			this.delegate.write(text, offset, length);
		}
	}

	/**
	 * Returns the buffer for further characters.
	 * @return {@code null} if they go directly to the response, after the session was
	 * saved
	 */
	private @Nullable StringBuilder room(int length) {
		if (this.response.isEnded()) {
			return new StringBuilder(0); // the output is ignored
		}
		StringBuilder held = this.heldBack;
		if (held != null && held.length() + length <= MAX_HELD_BACK) {
			return held;
		}
		release();
		return null;
	}

	/**
	 * Saves the session and writes the buffered output. From now on nothing is buffered.
	 */
	void release() {
		if (this.response.isEnded()) {
			return;
		}
		this.response.commitSession();
		StringBuilder held = this.heldBack;
		this.heldBack = null;
		if (held != null && !held.isEmpty()) {
			this.delegate.append(held);
		}
	}

	/** Clears the buffer, as the container clears its own. */
	void forget() {
		if (this.heldBack != null) {
			this.heldBack.setLength(0);
		}
	}

	/** Uses the line separator of the container instead of that of the platform. */
	@Override
	public void println() {
		release();
		if (!this.response.isEnded()) {
			this.delegate.println();
		}
	}

	@Override
	public void flush() {
		release();
		if (!this.response.isEnded()) {
			this.delegate.flush();
		}
	}

	@Override
	public void close() {
		release();
		if (!this.response.isEnded()) {
			this.delegate.close();
		}
	}

}
