/**
 * The core of SessionKit: the {@link io.sessionkit.Session}, the
 * {@link io.sessionkit.SessionStorage} that creates it from a {@code Cookie} header and
 * saves it into a {@code Set-Cookie} header, and the
 * {@link io.sessionkit.SessionIdStorageStrategy} that keeps records in a store.
 */
@NullMarked
package io.sessionkit;

import org.jspecify.annotations.NullMarked;
