/** Sessions in Cloudflare KV, by its public REST API. */
@NullMarked
package io.sessionkit.storage.cloudflare;

import org.jspecify.annotations.NullMarked;
