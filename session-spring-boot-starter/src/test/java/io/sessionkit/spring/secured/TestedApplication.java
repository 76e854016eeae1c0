package io.sessionkit.spring.secured;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a user has who writes tests with {@code spring-security-test}: Spring Boot's
 * default chain, and not a word about sessions.
 */
@SpringBootApplication
class TestedApplication {

	@RestController
	static class Pages {

		@GetMapping("/me")
		String me(@AuthenticationPrincipal UserDetails user) {
			return user.getUsername();
		}

		@PostMapping("/me")
		String change(@AuthenticationPrincipal UserDetails user) {
			return "changed by " + user.getUsername();
		}

	}

}
