package io.sessionkit.sample;

import io.sessionkit.spring.web.SessionValue;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Returns the session as JSON. Reading a session never creates one: a new visitor gets
 * three nulls and no cookie.
 */
@RestController
class ApiController {

	@GetMapping("/api/session")
	Contents session(@SessionValue @Nullable String userId, @SessionValue @Nullable String theme,
			@SessionValue @Nullable Cart cart) {
		return new Contents(userId, theme, cart);
	}

	record Contents(@Nullable String userId, @Nullable String theme, @Nullable Cart cart) {

	}

}
