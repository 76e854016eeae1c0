package io.sessionkit.spring.slice;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.sessionkit.Session;
import io.sessionkit.spring.web.CurrentSession;
import io.sessionkit.spring.web.MissingSessionValueException;
import io.sessionkit.spring.web.SessionValue;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Methods around handlers that take the session too.
 */
@RestController
@RequestMapping("/advised")
class AdvisedController {

	private final CartService service;

	private final CurrentSession session;

	AdvisedController(CurrentSession session) {
		this.service = new CartService(session);
		this.session = session;
	}

	@ModelAttribute("greeting")
	String greeting(@SessionValue(name = "user", defaultValue = "stranger") String name) {
		return "Hello " + name;
	}

	@GetMapping("/model")
	String model(Model model) {
		return model.getAttribute("greeting") + ", " + model.getAttribute("theme");
	}

	@GetMapping("/fails")
	String fails(Model model) {
		if (model.containsAttribute("greeting")) {
			throw new UnsupportedOperationException("handled below");
		}
		return "never";
	}

	@GetMapping("/fails-elsewhere")
	String failsElsewhere(Model model) {
		if (model.containsAttribute("greeting")) {
			throw new IllegalStateException("handled by the advice");
		}
		return "never";
	}

	@GetMapping("/missing")
	String missing(@SessionValue String account) {
		return account;
	}

	@GetMapping("/service")
	String service(Session session) {
		this.service.put("pen");
		return session.get("last") + " " + (session == this.session.get());
	}

	@GetMapping("/callable")
	Callable<String> callable() {
		return () -> String.valueOf(this.session.get().get("user"));
	}

	@GetMapping("/thread")
	CompletableFuture<String> thread() {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return "a session " + this.session.get();
			}
			catch (IllegalStateException ex) {
				return ex.getMessage();
			}
		});
	}

	@ExceptionHandler
	String handle(UnsupportedOperationException ex, Session session, @SessionValue String user,
			@SessionValue(defaultValue = "3") int count, @SessionValue Optional<String> nothing) {
		session.set("failed", true);
		return user + " " + count + " " + nothing;
	}

	/**
	 * Could be for all controllers.
	 */
	@ControllerAdvice(assignableTypes = AdvisedController.class)
	static class Advice {

		@ModelAttribute("theme")
		String theme(@SessionValue("theme") Optional<Theme> theme) {
			return theme.orElse(Theme.LIGHT).name();
		}

		@ExceptionHandler
		@ResponseBody
		String handle(IllegalStateException ex, Session session, @SessionValue("user") Optional<String> user) {
			session.flash("error", "sorry");
			return "sorry " + user.orElse("stranger");
		}

		@ExceptionHandler
		String handle(MissingSessionValueException ex, Session session) {
			session.flash("error", "log in for " + ex.getName());
			return "redirect:/login";
		}

	}

}
