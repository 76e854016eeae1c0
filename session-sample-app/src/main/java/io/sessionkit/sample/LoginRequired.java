package io.sessionkit.sample;

import io.sessionkit.spring.web.MissingSessionValueException;

import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Redirects to the login page when a controller requires a session value that is missing.
 */
@ControllerAdvice
class LoginRequired {

	@ExceptionHandler(MissingSessionValueException.class)
	String login() {
		return "redirect:/login";
	}

}
