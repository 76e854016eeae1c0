/**
 * What a session costs as there are more of them, and as there is more in each.
 */
@NullMarked
package io.sessionkit.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
