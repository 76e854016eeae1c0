package io.sessionkit.sample;

import io.sessionkit.spring.web.MissingSessionValueException;

import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Sends to the login whoever asks for a page that needs a value which their session does
 * not have.
 */
@ControllerAdvice
class LoginRequired {

	@ExceptionHandler(MissingSessionValueException.class)
	String login() {
		return "redirect:/login";
	}

}
