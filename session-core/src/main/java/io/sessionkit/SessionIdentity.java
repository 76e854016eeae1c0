package io.sessionkit;

import org.jspecify.annotations.Nullable;

/**
 * Which session an event is about, and whose it is, without an id: nothing in it opens a
 * session.
 *
 * @param handle stands for the session, as {@link SubjectSession#handle()} does, from its
 * first commit to its next id; after the first secret of the cookie has changed it is
 * another one. Empty where nobody can tell: for a session without an id, as a cookie of
 * React Router may hold one, and for what was left on another node for an id that only
 * that one knows
 * @param subject whose session it is, see {@link Session#subject()}; {@code null} for
 * nobody's, and where it was ended without being read, as while the store is down
 */
public record SessionIdentity(String handle, @Nullable String subject) {
}
