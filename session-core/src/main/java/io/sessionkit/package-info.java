/**
 * The heart of SessionKit: a {@link io.sessionkit.Session}, the
 * {@link io.sessionkit.SessionStorage} that brings it from a {@code Cookie} header and
 * back into a {@code Set-Cookie} header, and the
 * {@link io.sessionkit.SessionIdStorageStrategy} that keeps records.
 */
@NullMarked
package io.sessionkit;

import org.jspecify.annotations.NullMarked;
