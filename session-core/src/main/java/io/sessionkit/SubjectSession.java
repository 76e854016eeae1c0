package io.sessionkit;

import java.time.Instant;

/**
 * One live session of a subject, for a page of devices.
 *
 * @param handle stands for the session in {@link SubjectSessions#end}: a keyed hash that
 * is neither its id nor its key in the store, 22 characters of {@code [A-Za-z0-9_-]}
 * @param createdAt when it was created or got its present id
 * @param expiresAt when it ends if nothing renews it
 * @param current whether it is the session of the request that asks
 */
public record SubjectSession(String handle, Instant createdAt, Instant expiresAt, boolean current) {
}
