/**
 * A bookshop as people write it for the Servlet API and Spring Session: nothing in here
 * knows of SessionKit.
 */
@NullMarked
package com.example.books;

import org.jspecify.annotations.NullMarked;
