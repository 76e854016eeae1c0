package io.sessionkit.spring.test;

import java.time.Duration;

import io.sessionkit.FlashKey;
import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * What the session of a test request holds:
 * {@code session((s) -> s.set("userId", "42").flash("notice", "Saved"))}. Every method
 * does what the one of {@link Session} does, with the same exceptions.
 */
public final class SessionContent {

	private final Session session;

	SessionContent(Session session) {
		this.session = session;
	}

	/** Sets a value; {@code null} unsets. */
	public SessionContent set(String name, @Nullable Object value) {
		this.session.set(name, value);
		return this;
	}

	/** Sets the value of a key; {@code null} unsets. */
	public <T> SessionContent set(SessionKey<T> key, @Nullable T value) {
		this.session.set(key, value);
		return this;
	}

	/** Sets a value that is read once; {@code null} removes it. */
	public SessionContent flash(String name, @Nullable Object value) {
		this.session.flash(name, value);
		return this;
	}

	/** Sets the flash of a key; {@code null} removes it. */
	public <T> SessionContent flash(FlashKey<T> key, @Nullable T value) {
		this.session.flash(key, value);
		return this;
	}

	/** Gives the session a life of its own ("remember me"). */
	public SessionContent maxAge(Duration maxAge) {
		this.session.maxAge(maxAge);
		return this;
	}

}
