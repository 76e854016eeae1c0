package io.sessionkit;

import org.jspecify.annotations.Nullable;

/**
 * Hears at once what a request does to its session, before it is committed. One for a
 * session, by {@link LibraryAttributes#listener}. What a method throws, the caller of the
 * session gets, and nothing is changed then.
 */
public interface SessionChangeListener {

	/** {@link Session#destroy()} was called; the session can still be read. */
	default void destroying() {
	}

	/**
	 * The session is to get a new id, whichever method was called for that.
	 * @return runs when {@link Session#handle()} is the new one; {@code null}: nothing
	 */
	default @Nullable Runnable changingId() {
		return null;
	}

	/**
	 * A value is to be set or removed, by {@link Session} or {@link SessionAttributes};
	 * not told where a value is changed in place.
	 * @param name its name
	 * @param typed whether one is there that {@link SessionAttributes} has set and that
	 * is more than plain JSON
	 * @return runs when that has been done; {@code null}: nothing
	 */
	default @Nullable Runnable changing(String name, boolean typed) {
		return null;
	}

	/**
	 * {@link Session#clear()} was called.
	 * @return runs when nothing is there any more; {@code null}: nothing
	 */
	default @Nullable Runnable clearing() {
		return null;
	}

}
