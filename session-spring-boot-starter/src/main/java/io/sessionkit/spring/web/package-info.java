/**
 * Sessions in Spring Web MVC: parameters of controllers, {@code HttpSession}, and the
 * filter that saves the session right before the first byte of the response.
 */
@NullMarked
package io.sessionkit.spring.web;

import org.jspecify.annotations.NullMarked;
