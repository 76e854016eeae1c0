/**
 * What the library costs beside the least that the same work can cost, measured in the
 * same run. Not part of the normal build.
 */
@NullMarked
package io.sessionkit.benchmarks;

import org.jspecify.annotations.NullMarked;
