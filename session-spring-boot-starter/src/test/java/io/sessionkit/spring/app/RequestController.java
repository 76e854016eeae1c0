package io.sessionkit.spring.app;

import java.io.IOException;

import io.sessionkit.Session;
import io.sessionkit.SessionAbsence;
import io.sessionkit.spring.web.WithoutRenewal;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Requests that do not keep the session alive, and pages that need one.
 */
@RestController
public final class RequestController {

	@GetMapping("/poll")
	@WithoutRenewal
	String poll(Session session) {
		return session.expiresAt().toString();
	}

	@GetMapping("/status/poll")
	String statusPoll(Session session) {
		return session.expiresAt().toString();
	}

	@GetMapping("/count-down")
	String countDown(Session session) {
		session.withoutRenewal();
		return session.expiresAt().toString();
	}

	@GetMapping("/private")
	ResponseEntity<String> needsASession(Session session) {
		return session.isNew() ? ResponseEntity.status(HttpStatus.FOUND).header("Location", "/sign-in").build()
				: ResponseEntity.ok("private");
	}

	@GetMapping("/sign-in")
	String signIn(Session session) {
		return (session.absence() == SessionAbsence.EXPIRED) ? "Your session has expired"
				: String.valueOf(session.absence());
	}

	@GetMapping("/headers/late")
	void lateHeaders(Session session, HttpServletResponse response) throws IOException {
		session.set("mark", System.nanoTime());
		response.getWriter().print("text");
		response.setHeader("Cache-Control", "public, max-age=60");
		response.addHeader("Cache-Control", "public");
		response.setHeader("CDN-Cache-Control", "max-age=600");
		response.setHeader("X-Other", "passes");
	}

	@GetMapping("/headers/cdn")
	String cdnHeaders(Session session, HttpServletResponse response) {
		session.set("mark", System.nanoTime());
		response.setHeader("CDN-Cache-Control", "max-age=600");
		response.setHeader("Cloudflare-CDN-Cache-Control", "private");
		response.setHeader("Surrogate-Control", "max-age=600");
		response.setHeader("X-Accel-Expires", "600");
		return "text";
	}

}
