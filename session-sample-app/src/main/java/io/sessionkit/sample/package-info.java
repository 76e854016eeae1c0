/**
 * A small shop that shows what to do with a session: sign in, flash attributes, a cart, a
 * theme, sign out.
 */
@NullMarked
package io.sessionkit.sample;

import org.jspecify.annotations.NullMarked;
