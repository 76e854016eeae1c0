package io.sessionkit.spring.test;

import java.util.List;
import java.util.stream.Stream;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import io.sessionkit.spring.web.SessionValue;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A login, a page with a notice, a cart that is changed in place, a logout.
 */
@RestController
class AccountController {

	static final SessionKey<List<String>> CART = SessionKey.listOf("cart", String.class);

	@PostMapping("/login")
	void login(Session session, @RequestParam String user) {
		session.regenerateId();
		session.set("userId", user);
		session.flash("notice", "Welcome");
	}

	@GetMapping("/account")
	String account(@SessionValue String userId, @SessionValue @Nullable String notice) {
		return userId + " " + notice;
	}

	@PostMapping("/cart")
	void add(Session session, @RequestParam String item) {
		List<String> cart = session.get(CART, List::of);
		session.set(CART, Stream.concat(cart.stream(), Stream.of(item)).toList());
	}

	@PostMapping("/logout")
	void logout(Session session) {
		session.destroy();
	}

	@PostMapping("/forget")
	void forget(HttpServletResponse response) {
		response.addHeader("Set-Cookie", "__Host-session=; Max-Age=0; Path=/");
	}

	@GetMapping("/untouched")
	String untouched() {
		return "untouched";
	}

}
