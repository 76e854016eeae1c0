/**
 * Sessions in Redis, with Spring Data Redis and Lettuce.
 */
@NullMarked
package io.sessionkit.storage.redis;

import org.jspecify.annotations.NullMarked;
