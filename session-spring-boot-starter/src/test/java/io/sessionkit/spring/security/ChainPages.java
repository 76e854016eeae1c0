package io.sessionkit.spring.security;

import java.security.Principal;

import io.sessionkit.Session;

import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Pages that are in every chain.
 */
@RestController
class ChainPages {

	@GetMapping("/{chain}/who")
	String who(Principal principal) {
		return principal.getName();
	}

	@GetMapping("/{chain}/form")
	String form(CsrfToken token) {
		return token.getToken();
	}

	@GetMapping("/{chain}/set")
	String set(@RequestParam String value, Session session) {
		session.set("mark", value);
		return "set";
	}

}
