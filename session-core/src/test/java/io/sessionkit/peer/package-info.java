/**
 * React Router and Remix as they are, for tests in which both sides share a session.
 */
@NullMarked
package io.sessionkit.peer;

import org.jspecify.annotations.NullMarked;
