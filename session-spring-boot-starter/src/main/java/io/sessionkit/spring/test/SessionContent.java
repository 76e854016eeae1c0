package io.sessionkit.spring.test;

import java.time.Duration;

import io.sessionkit.FlashKey;
import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * Sets the content of a session for a test request: {@code session((s) ->
 * s.set("userId", "42").flash("notice", "Saved"))}. The methods behave like those of
 * {@link Session} and throw the same exceptions.
 */
public final class SessionContent {

	private final Session session;

	SessionContent(Session session) {
		this.session = session;
	}

	/**
	 * Sets a value.
	 * @param name the name of the value
	 * @param value the value; {@code null} removes it
	 * @return this content
	 */
	public SessionContent set(String name, @Nullable Object value) {
		this.session.set(name, value);
		return this;
	}

	/**
	 * Sets the value of a key.
	 * @param <T> the type of the value
	 * @param key the key of the value
	 * @param value the value; {@code null} removes it
	 * @return this content
	 */
	public <T> SessionContent set(SessionKey<T> key, @Nullable T value) {
		this.session.set(key, value);
		return this;
	}

	/**
	 * Sets a flash attribute, which is read once.
	 * @param name the name of the flash attribute
	 * @param value the value; {@code null} removes it
	 * @return this content
	 */
	public SessionContent flash(String name, @Nullable Object value) {
		this.session.flash(name, value);
		return this;
	}

	/**
	 * Sets the flash attribute of a key.
	 * @param <T> the type of the flash attribute
	 * @param key the key of the flash attribute
	 * @param value the value; {@code null} removes it
	 * @return this content
	 */
	public <T> SessionContent flash(FlashKey<T> key, @Nullable T value) {
		this.session.flash(key, value);
		return this;
	}

	/**
	 * Gives the session a timeout of its own ("remember me").
	 * @param maxAge the timeout, which the cookie also gets as its maximum age
	 * @return this content
	 */
	public SessionContent maxAge(Duration maxAge) {
		this.session.maxAge(maxAge);
		return this;
	}

}
