/**
 * What can be counted, and is the same on every machine; and the start, which is measured
 * by its difference.
 */
@NullMarked
package io.sessionkit.benchmarks.counted;

import org.jspecify.annotations.NullMarked;
