/**
 * Small applications under load: SessionKit, its peers, and the least that would do.
 */
@NullMarked
package io.sessionkit.benchmarks.load;

import org.jspecify.annotations.NullMarked;
