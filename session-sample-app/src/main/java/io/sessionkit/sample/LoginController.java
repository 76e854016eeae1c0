package io.sessionkit.sample;

import io.sessionkit.spring.web.SessionValue;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The login page of both profiles.
 */
@Controller
class LoginController {

	@GetMapping("/login")
	String form(@SessionValue @Nullable String notice, @SessionValue @Nullable String error,
			@SessionValue @Nullable String username, Model model) {
		model.addAttribute("notice", notice);
		model.addAttribute("error", error);
		model.addAttribute("username", username);
		return "login";
	}

}
