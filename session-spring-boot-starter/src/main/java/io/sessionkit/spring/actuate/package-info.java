/**
 * What an operator sees of the sessions: meters and an actuator endpoint.
 */
@NullMarked
package io.sessionkit.spring.actuate;

import org.jspecify.annotations.NullMarked;
