/**
 * React Router and Remix as they are, for tests in which both sides share a session.
 */
@NullMarked
package io.sessionkit.shared;

import org.jspecify.annotations.NullMarked;
