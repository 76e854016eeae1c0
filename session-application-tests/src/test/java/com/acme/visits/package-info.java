/**
 * A library of somebody else: a servlet filter that keeps its own object in the session.
 */
@NullMarked
package com.acme.visits;

import org.jspecify.annotations.NullMarked;
