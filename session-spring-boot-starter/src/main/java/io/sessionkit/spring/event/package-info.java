/**
 * Application events about sessions.
 */
@NullMarked
package io.sessionkit.spring.event;

import org.jspecify.annotations.NullMarked;
