/**
 * Cookies that carry text safely: attributes checked once, values encrypted or signed,
 * secrets that rotate, and parsing that no header can upset. Knows no session.
 * <p>
 * {@link io.sessionkit.cookie.SessionCookie} is the one class to start from.
 */
@NullMarked
package io.sessionkit.cookie;

import org.jspecify.annotations.NullMarked;
