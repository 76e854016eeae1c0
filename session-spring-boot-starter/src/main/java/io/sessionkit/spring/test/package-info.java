/**
 * Support for the tests of an application: requests that have a session, and assertions
 * for the session after the request. It requires {@code spring-test}, and AssertJ for the
 * assertions.
 */
@NullMarked
package io.sessionkit.spring.test;

import org.jspecify.annotations.NullMarked;
