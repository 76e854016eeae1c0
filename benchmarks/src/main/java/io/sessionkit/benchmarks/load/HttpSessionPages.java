package io.sessionkit.benchmarks.load;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttribute;

/**
 * The pages, by the session of the Servlet API: Tomcat's, or Spring Session's in its
 * place.
 */
@RestController
class HttpSessionPages {

	private final Fat fat;

	HttpSessionPages(Fat fat) {
		this.fat = fat;
	}

	@GetMapping("/read")
	String read(@SessionAttribute(Payload.USER) String user) {
		return user;
	}

	@PostMapping("/write")
	String write(HttpServletRequest request) {
		HttpSession session = request.getSession();
		int count = (session.getAttribute(Payload.COUNT) instanceof Integer present) ? present + 1 : 1;
		session.setAttribute(Payload.COUNT, count);
		return Integer.toString(count);
	}

	@PostMapping("/fat")
	String fat(HttpServletRequest request) {
		HttpSession session = request.getSession();
		int count = (session.getAttribute(Payload.COUNT) instanceof Integer present) ? present + 1 : 1;
		session.setAttribute(Payload.COUNT, count);
		session.setAttribute(Payload.FAT, this.fat.text(count));
		return Integer.toString(count);
	}

	@PostMapping("/login")
	String login(HttpServletRequest request) {
		HttpSession session = request.getSession();
		session.setAttribute(Payload.USER, Payload.NAME);
		session.setAttribute(Payload.COUNT, 0);
		session.setAttribute(Payload.CART, Payload.LINES);
		return "ok";
	}

}
