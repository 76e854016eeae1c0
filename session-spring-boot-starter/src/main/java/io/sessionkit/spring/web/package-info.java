/**
 * The session in Spring Web MVC: controller parameters, the filter and the response
 * interceptor that commits right before the first byte.
 */
@NullMarked
package io.sessionkit.spring.web;

import org.jspecify.annotations.NullMarked;
