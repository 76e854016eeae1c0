package com.example.books;

import jakarta.servlet.http.HttpSession;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The pages that need a login, and what is read elsewhere with an access token. */
@Controller
class AccountController {

	@GetMapping("/account")
	String account(Authentication user, HttpSession session, Model model) {
		model.addAttribute("user", user);
		model.addAttribute("sessionId", session.getId());
		return "account";
	}

	@GetMapping("/news")
	@ResponseBody
	String news(@RegisteredOAuth2AuthorizedClient("news") OAuth2AuthorizedClient client) {
		return "News for " + client.getPrincipalName() + " by " + client.getAccessToken().getTokenType().getValue();
	}

	@GetMapping("/token-sent")
	String tokenSent(@RequestParam String token, Model model) {
		model.addAttribute("token", token);
		return "token";
	}

	@GetMapping("/admin/login")
	String adminLogin() {
		return "admin-login";
	}

	@GetMapping("/admin")
	@ResponseBody
	String admin(Authentication user) {
		return "Administration by " + user.getName();
	}

}
