package io.sessionkit.sample;

import io.sessionkit.Session;
import io.sessionkit.spring.web.SessionValue;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The first page after signing in. Because {@code userId} is required, visitors who are
 * not signed in are sent to the login page.
 */
@Controller
class AccountController {

	private final Catalog catalog;

	AccountController(Catalog catalog) {
		this.catalog = catalog;
	}

	@GetMapping("/")
	String account(@SessionValue String userId, Session session, Model model) {
		model.addAttribute("name", userId);
		model.addAttribute("since", session.createdAt());
		model.addAttribute("until", session.expiresAt());
		model.addAttribute("products", this.catalog.products());
		return "account";
	}

}
