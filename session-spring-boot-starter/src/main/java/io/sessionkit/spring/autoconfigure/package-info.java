/**
 * Configuration properties and auto-configuration.
 */
@NullMarked
package io.sessionkit.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
