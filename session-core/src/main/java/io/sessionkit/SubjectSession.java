package io.sessionkit;

import java.time.Instant;

/**
 * A live session of a user, for example for a page that lists the user's devices.
 *
 * @param handle the name of the session for {@link SubjectSessions#end}. It is a keyed
 * hash with 22 characters of {@code [A-Za-z0-9_-]}, and neither the id nor the key in the
 * store
 * @param createdAt when the session was created or got its current id
 * @param expiresAt when the session expires unless it is renewed
 * @param current whether this is the session of the current request
 */
public record SubjectSession(String handle, Instant createdAt, Instant expiresAt, boolean current) {
}
