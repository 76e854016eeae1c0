/**
 * Spring Security on the session: its context, its CSRF token, the request that a login
 * interrupted and what an OAuth2 login remembers meanwhile.
 */
@NullMarked
package io.sessionkit.spring.security;

import org.jspecify.annotations.NullMarked;
