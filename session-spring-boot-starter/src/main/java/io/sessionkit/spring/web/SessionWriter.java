package io.sessionkit.spring.web;

import java.io.PrintWriter;

import org.jspecify.annotations.Nullable;

/**
 * Commits the session before the first character; where somebody may still change it
 * while a template is written, holds back what comes until it is flushed, much, or all.
 */
final class SessionWriter extends PrintWriter {

	/** In characters; most pages are smaller. */
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
	 * Where the characters go that come now.
	 * @return {@code null} if to the response, after a commit
	 */
	private @Nullable StringBuilder room(int length) {
		if (this.response.isEnded()) {
			return new StringBuilder(0); // nobody reads it
		}
		StringBuilder held = this.heldBack;
		if (held != null && held.length() + length <= MAX_HELD_BACK) {
			return held;
		}
		release();
		return null;
	}

	/** Commits the session and writes what was held back; from now on nothing is. */
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

	/** Forgets what was held back, as the container forgets its buffer. */
	void forget() {
		if (this.heldBack != null) {
			this.heldBack.setLength(0);
		}
	}

	/** With the container's line end, which is not the platform's. */
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
