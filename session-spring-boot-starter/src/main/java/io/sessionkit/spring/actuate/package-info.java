/**
 * Support for operators: meters, observations and an actuator endpoint.
 */
@NullMarked
package io.sessionkit.spring.actuate;

import org.jspecify.annotations.NullMarked;
