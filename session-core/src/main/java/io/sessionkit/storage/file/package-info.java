/** Sessions in the files of a directory. */
@NullMarked
package io.sessionkit.storage.file;

import org.jspecify.annotations.NullMarked;
