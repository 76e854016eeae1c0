/**
 * Sessions in Redis, by Spring Data Redis with Lettuce or Jedis.
 */
@NullMarked
package io.sessionkit.storage.redis;

import org.jspecify.annotations.NullMarked;
