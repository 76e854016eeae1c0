/**
 * For the tests of an application: requests that bring a session, and what became of it.
 * Needs {@code spring-test}, and AssertJ for the assertions.
 */
@NullMarked
package io.sessionkit.spring.test;

import org.jspecify.annotations.NullMarked;
