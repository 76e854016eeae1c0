package io.sessionkit.sample;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Login and logout, with one account whose name and password are both {@code demo}: a
 * demonstration of sessions, not of authentication.
 */
@Controller
@Profile("!security")
class OwnLoginController {

	private final SessionStorage storage;

	OwnLoginController(SessionStorage storage) {
		this.storage = storage;
	}

	@PostMapping("/login")
	String login(@RequestParam(defaultValue = "") String username, @RequestParam(defaultValue = "") String password,
			@RequestParam(defaultValue = "false") boolean remember, Session session) {
		if (!username.equals("demo") || !password.equals("demo")) {
			session.flash(ShopSession.ERROR, ShopSession.WRONG_PASSWORD);
			return "redirect:/login";
		}
		// against session fixation: who knew the id before the login does not know it now
		session.regenerateId();
		CsrfToken.renew(session);
		// a session that is shared with another program has no life of its own
		ShopSession.begin(session, username, remember && !this.storage.isShared());
		return "redirect:/";
	}

	@PostMapping("/logout")
	String logout(Session session) {
		session.destroy();
		return "redirect:/login";
	}

}
