package io.sessionkit.spring.test;

import java.util.Map;
import java.util.Objects;

import io.sessionkit.FlashKey;
import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions for a session, which start with {@link SessionAssertions}. If a value is
 * expected by a plain name, it is compared as JSON, so {@code 3} and {@code 3L} are
 * equal. Assertions do not consume flash attributes.
 */
public final class SessionAssert extends AbstractAssert<SessionAssert, Session> {

	SessionAssert(@Nullable Session actual) {
		super(actual, SessionAssert.class);
	}

	/**
	 * Verifies that the session has a value of this name.
	 * @param name the name of the value
	 * @return this assertion
	 */
	public SessionAssert hasValue(String name) {
		if (!session().keys().contains(name)) {
			failWithMessage("Expected the session to have a value '%s', but its values are %s", name, session().keys());
		}
		return this;
	}

	/**
	 * Verifies that the session has a value of this name, and that it equals the expected
	 * value in JSON.
	 * @param name the name of the value
	 * @param expected the expected value
	 * @return this assertion
	 */
	public SessionAssert hasValue(String name, Object expected) {
		hasValue(name);
		return same("value", name, session().data().get(name), view(expected));
	}

	/**
	 * Verifies that the session has a value of this key, and that it equals the expected
	 * value.
	 * @param <T> the type of the value
	 * @param key the key of the value
	 * @param expected the expected value
	 * @return this assertion
	 */
	public <T> SessionAssert hasValue(SessionKey<T> key, T expected) {
		hasValue(key.name());
		return same("value", key.name(), session().get(key), expected);
	}

	/**
	 * Verifies that the session has no value of this name.
	 * @param name the name of the value
	 * @return this assertion
	 */
	public SessionAssert hasNoValue(String name) {
		if (session().keys().contains(name)) {
			failWithMessage("Expected the session to have no value '%s', but it is <%s>", name,
					session().data().get(name));
		}
		return this;
	}

	/**
	 * Verifies that the session has an unread flash attribute of this name.
	 * @param name the name of the flash attribute
	 * @return this assertion
	 */
	public SessionAssert hasFlash(String name) {
		if (!session().flashKeys().contains(name)) {
			failWithMessage("Expected the session to have a flash attribute '%s', but its flash attributes are %s",
					name, session().flashKeys());
		}
		return this;
	}

	/**
	 * Verifies that the session has an unread flash attribute of this name, and that it
	 * equals the expected value in JSON.
	 * @param name the name of the flash attribute
	 * @param expected the expected value
	 * @return this assertion
	 */
	public SessionAssert hasFlash(String name, Object expected) {
		hasFlash(name);
		Session session = session();
		// A flash attribute is hidden only by a value of the same name. Only then it has
		// to be consumed.
		Object flash = session.keys().contains(name) ? session.get(FlashKey.of(name, Object.class))
				: session.data().get(name);
		return same("flash attribute", name, view(flash), view(expected));
	}

	/**
	 * Verifies that the session has an unread flash attribute of this key, and that it
	 * equals the expected value in JSON.
	 * @param <T> the type of the flash attribute
	 * @param key the key of the flash attribute
	 * @param expected the expected value
	 * @return this assertion
	 */
	public <T> SessionAssert hasFlash(FlashKey<T> key, T expected) {
		return hasFlash(key.name(), expected);
	}

	/**
	 * Verifies that the session has no unread flash attribute of this name.
	 * @param name the name of the flash attribute
	 * @return this assertion
	 */
	public SessionAssert hasNoFlash(String name) {
		if (session().flashKeys().contains(name)) {
			failWithMessage("Expected the session to have no flash attribute '%s', but it has one", name);
		}
		return this;
	}

	/**
	 * Verifies that the session has neither values nor unread flash attributes.
	 * @return this assertion
	 */
	public SessionAssert isEmpty() {
		if (!session().keys().isEmpty() || !session().flashKeys().isEmpty()) {
			failWithMessage("Expected the session to be empty, but it has the values %s and the flash attributes %s",
					session().keys(), session().flashKeys());
		}
		return this;
	}

	/**
	 * Verifies that the browser has no valid session, so the next request begins a new
	 * one.
	 * @return this assertion
	 */
	public SessionAssert isNew() {
		if (!session().isNew()) {
			failWithMessage("Expected no session to exist, but there is one with the values %s", session().keys());
		}
		return this;
	}

	/**
	 * Verifies that the browser has a session that is stored and has not ended.
	 * @return this assertion
	 */
	public SessionAssert isNotNew() {
		if (session().isNew()) {
			failWithMessage("Expected a session to exist, but there is none");
		}
		return this;
	}

	/**
	 * Verifies that the response deleted the session cookie and that the session has
	 * ended, so that copies of the cookie are not valid either.
	 * @return this assertion
	 */
	public SessionAssert isDestroyed() {
		if (!session().isDestroyed()) {
			failWithMessage("Expected the session to be destroyed, but it is not; its values are %s", session().keys());
		}
		return this;
	}

	/**
	 * Verifies that the session was not destroyed.
	 * @return this assertion
	 */
	public SessionAssert isNotDestroyed() {
		if (session().isDestroyed()) {
			failWithMessage("Expected the session not to be destroyed, but it is");
		}
		return this;
	}

	private Session session() {
		isNotNull();
		return Objects.requireNonNull(this.actual);
	}

	private SessionAssert same(String kind, String name, @Nullable Object actual, @Nullable Object expected) {
		if (!Objects.equals(actual, expected)) {
			throw failureWithActualExpected(actual, expected, "Expected the %s '%s' to be <%s>, but it is <%s>", kind,
					name, expected, actual);
		}
		return this;
	}

	private static @Nullable Object view(@Nullable Object value) {
		return (value != null) ? Session.create(Map.of("value", value)).get("value") : null;
	}

}
