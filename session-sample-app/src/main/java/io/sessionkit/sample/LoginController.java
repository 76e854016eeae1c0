package io.sessionkit.sample;

import java.time.Duration;

import io.sessionkit.Session;
import io.sessionkit.spring.web.SessionValue;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Login and logout, with one account whose name and password are both {@code demo}: a
 * demonstration of sessions, not of authentication.
 */
@Controller
class LoginController {

	private static final Duration REMEMBERED = Duration.ofDays(30);

	@GetMapping("/login")
	String form(@SessionValue("error") @Nullable String error, Model model) {
		model.addAttribute("error", error);
		return "login";
	}

	@PostMapping("/login")
	String login(@RequestParam(defaultValue = "") String username, @RequestParam(defaultValue = "") String password,
			@RequestParam(defaultValue = "false") boolean remember, Session session) {
		if (!username.equals("demo") || !password.equals("demo")) {
			session.flash(ShopSession.ERROR, "That name and password do not match.");
			return "redirect:/login";
		}
		// against session fixation: who knew the id before the login does not know it now
		session.regenerateId();
		session.set(ShopSession.USER_ID, username);
		CsrfToken.renew(session);
		if (remember) {
			session.maxAge(REMEMBERED);
		}
		else {
			session.untilBrowserCloses();
		}
		return "redirect:/";
	}

	@PostMapping("/logout")
	String logout(Session session) {
		session.destroy();
		return "redirect:/login";
	}

}
