/** Sessions in the memory of one process. */
@NullMarked
package io.sessionkit.storage.memory;

import org.jspecify.annotations.NullMarked;
