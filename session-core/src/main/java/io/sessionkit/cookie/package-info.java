/**
 * Cookies that carry text safely. Attributes are checked once, values are encrypted or
 * signed, secrets can be rotated, and no {@code Cookie} header causes an exception. This
 * package knows nothing of sessions.
 *
 * <p>
 * {@link io.sessionkit.cookie.SessionCookie} is the class to start with.
 */
@NullMarked
package io.sessionkit.cookie;

import org.jspecify.annotations.NullMarked;
