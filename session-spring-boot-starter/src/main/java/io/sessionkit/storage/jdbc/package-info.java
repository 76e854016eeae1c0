/**
 * Sessions in a table of an SQL database.
 */
@NullMarked
package io.sessionkit.storage.jdbc;

import org.jspecify.annotations.NullMarked;
