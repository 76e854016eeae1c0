package io.sessionkit.sample;

import io.sessionkit.spring.web.SessionValue;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The page with the login, the same whoever checks the password.
 */
@Controller
class LoginController {

	@GetMapping("/login")
	String form(@SessionValue("error") @Nullable String error, Model model) {
		model.addAttribute("error", error);
		return "login";
	}

}
