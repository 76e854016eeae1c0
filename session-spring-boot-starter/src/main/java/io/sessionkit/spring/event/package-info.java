/**
 * What an application can listen to.
 */
@NullMarked
package io.sessionkit.spring.event;

import org.jspecify.annotations.NullMarked;
