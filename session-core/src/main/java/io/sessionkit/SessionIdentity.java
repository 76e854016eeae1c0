package io.sessionkit;

import org.jspecify.annotations.Nullable;

/**
 * Which session an event is about, and to whom it belongs. It contains no id, so it gives
 * no access to the session.
 *
 * @param handle the name of the session, as {@link SubjectSession#handle()} returns it.
 * It stays the same from the first commit until the session gets a new id or the first
 * secret of the cookie changes. It is empty if the session has no id, as in a cookie of
 * React Router, or if the session has got a new id that only another instance knows
 * @param subject the principal name, see {@link Session#subject()}; {@code null} if the
 * session belongs to nobody, or if it was ended without being read, for example while the
 * store was down
 */
public record SessionIdentity(String handle, @Nullable String subject) {
}
