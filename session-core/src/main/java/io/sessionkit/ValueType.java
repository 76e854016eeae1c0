package io.sessionkit;

import tools.jackson.databind.JavaType;

/**
 * What a value is written and read as.
 *
 * @param type the type of its key, or the class of the object under a plain name
 * @param isDeclared whether a key declares it
 */
record ValueType(JavaType type, boolean isDeclared) {
}
