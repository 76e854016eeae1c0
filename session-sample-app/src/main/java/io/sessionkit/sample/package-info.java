/**
 * A small shop that shows HTTP sessions at work: login, flash, cart, theme, logout.
 */
@NullMarked
package io.sessionkit.sample;

import org.jspecify.annotations.NullMarked;
