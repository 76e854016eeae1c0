/**
 * Integration with Spring Security: the security context, the CSRF token, saved requests
 * and the state of OAuth2 logins are kept in the session.
 */
@NullMarked
package io.sessionkit.spring.security;

import org.jspecify.annotations.NullMarked;
