package io.sessionkit.spring.test;

import java.util.Map;
import java.util.Objects;

import io.sessionkit.FlashKey;
import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a session; {@link SessionAssertions} begins them. Values that are
 * expected by a plain name are compared as the JSON they become, so {@code 3} and
 * {@code 3L} are the same. Looking at a flash leaves it in the session.
 */
public final class SessionAssert extends AbstractAssert<SessionAssert, Session> {

	SessionAssert(@Nullable Session actual) {
		super(actual, SessionAssert.class);
	}

	/** Verifies that there is a value of this name, whatever it is. */
	public SessionAssert hasValue(String name) {
		if (!session().keys().contains(name)) {
			failWithMessage("Expected the session to have a value '%s', but its values are %s", name, session().keys());
		}
		return this;
	}

	/** Verifies that the value of this name is the JSON that the expected one becomes. */
	public SessionAssert hasValue(String name, Object expected) {
		hasValue(name);
		return same("value", name, session().data().get(name), view(expected));
	}

	/** Verifies that the value of this key equals the expected one. */
	public <T> SessionAssert hasValue(SessionKey<T> key, T expected) {
		hasValue(key.name());
		return same("value", key.name(), session().get(key), expected);
	}

	/** Verifies that there is no value of this name. */
	public SessionAssert hasNoValue(String name) {
		if (session().keys().contains(name)) {
			failWithMessage("Expected the session to have no value '%s', but it is <%s>", name,
					session().data().get(name));
		}
		return this;
	}

	/** Verifies that a flash of this name waits to be read, whatever it is. */
	public SessionAssert hasFlash(String name) {
		if (!session().flashKeys().contains(name)) {
			failWithMessage("Expected the session to have a flash '%s', but its flashes are %s", name,
					session().flashKeys());
		}
		return this;
	}

	/** Verifies that the flash of this name is the JSON that the expected one becomes. */
	public SessionAssert hasFlash(String name, Object expected) {
		hasFlash(name);
		Session session = session();
		// Only a value of the same name hides the flash, and then it has to be taken.
		Object flash = session.keys().contains(name) ? session.get(FlashKey.of(name, Object.class))
				: session.data().get(name);
		return same("flash", name, view(flash), view(expected));
	}

	/** Verifies that the flash of this key is the JSON that the expected one becomes. */
	public <T> SessionAssert hasFlash(FlashKey<T> key, T expected) {
		return hasFlash(key.name(), expected);
	}

	/** Verifies that no flash of this name waits to be read. */
	public SessionAssert hasNoFlash(String name) {
		if (session().flashKeys().contains(name)) {
			failWithMessage("Expected the session to have no flash '%s', but it has", name);
		}
		return this;
	}

	/** Verifies that there are neither values nor flashes. */
	public SessionAssert isEmpty() {
		if (!session().keys().isEmpty() || !session().flashKeys().isEmpty()) {
			failWithMessage("Expected the session to be empty, but it has the values %s and the flashes %s",
					session().keys(), session().flashKeys());
		}
		return this;
	}

	/** Verifies that the browser has no session: a new one would begin. */
	public SessionAssert isNew() {
		if (!session().isNew()) {
			failWithMessage("Expected no session to be there, but there is one with the values %s", session().keys());
		}
		return this;
	}

	/** Verifies that the session is there: stored, and not ended. */
	public SessionAssert isNotNew() {
		if (session().isNew()) {
			failWithMessage("Expected a session to be there, but there is none");
		}
		return this;
	}

	/** Verifies that the response deleted the session's cookie and no copy counts. */
	public SessionAssert isDestroyed() {
		if (!session().isDestroyed()) {
			failWithMessage("Expected the session to be destroyed, but it is not; its values are %s", session().keys());
		}
		return this;
	}

	/** Verifies that the response did not delete the session's cookie. */
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
