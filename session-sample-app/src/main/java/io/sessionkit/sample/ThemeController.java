package io.sessionkit.sample;

import java.util.Set;

import io.sessionkit.Session;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Stores the theme in the session and returns to the page where it was chosen.
 */
@Controller
class ThemeController {

	private static final Set<String> THEMES = Set.of("light", "dark");

	private static final Set<String> PAGES = Set.of("/", "/cart", "/devices", "/session", "/login");

	@PostMapping("/theme")
	String theme(@RequestParam String theme, @RequestParam(defaultValue = "/") String back, Session session) {
		if (!THEMES.contains(theme)) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
		}
		session.set(ShopSession.THEME, theme);
		return "redirect:" + (PAGES.contains(back) ? back : "/");
	}

}
