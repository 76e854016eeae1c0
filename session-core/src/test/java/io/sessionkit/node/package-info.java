/**
 * Programs in JavaScript, for tests against what only exists there.
 */
@NullMarked
package io.sessionkit.node;

import org.jspecify.annotations.NullMarked;
