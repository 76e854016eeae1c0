package io.sessionkit.sample;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Signs users in and out in the default profile, with one hard-coded account: the
 * username and password are both {@code demo}. This demonstrates sessions, not
 * authentication.
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
			ShopSession.reject(session, username);
			return "redirect:/login";
		}
		// prevents session fixation
		session.regenerateId();
		CsrfToken.renew(session);
		// a session that is shared with a Node.js application has no timeout of its own
		ShopSession.signIn(session, username, remember && !this.storage.isShared());
		return "redirect:/";
	}

	@PostMapping("/logout")
	String logout(Session session) {
		ShopSession.signOut(session);
		return "redirect:/login";
	}

}
