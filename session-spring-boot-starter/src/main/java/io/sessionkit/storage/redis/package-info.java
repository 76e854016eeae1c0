/**
 * Sessions in Redis, by Spring Data Redis with Lettuce.
 */
@NullMarked
package io.sessionkit.storage.redis;

import org.jspecify.annotations.NullMarked;
