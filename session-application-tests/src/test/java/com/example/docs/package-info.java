/**
 * The Kotlin of the documentation.
 */
@NullMarked
package com.example.docs;

import org.jspecify.annotations.NullMarked;
