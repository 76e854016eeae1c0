package io.sessionkit;

import tools.jackson.databind.JavaType;

/**
 * The type as which a value is written and read.
 *
 * @param type the type of its key, or the class of the object under a plain name
 * @param isDeclared whether it is the type of a key
 */
record ValueType(JavaType type, boolean isDeclared) {
}
