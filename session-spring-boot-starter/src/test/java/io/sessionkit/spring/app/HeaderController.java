package io.sessionkit.spring.app;

import java.util.List;

import io.sessionkit.Session;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers with headers of the application's own.
 */
@RestController
public final class HeaderController {

	@GetMapping("/headers")
	ResponseEntity<String> headers(Session session, @RequestParam boolean change,
			@RequestParam(required = false) List<String> cacheControl,
			@RequestParam(required = false) List<String> vary) {
		if (change) {
			session.set("mark", System.nanoTime());
		}
		ResponseEntity.BodyBuilder response = ResponseEntity.ok();
		if (cacheControl != null) {
			response.header("Cache-Control", String.join(", ", cacheControl));
		}
		if (vary != null) {
			response.header("Vary", vary.toArray(String[]::new));
		}
		return response.body("text");
	}

}
