package io.sessionkit.spring.app;

import java.io.IOException;
import java.io.PrintWriter;

import io.sessionkit.Session;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handlers that come back to the session after the first byte.
 */
@RestController
@RequestMapping("/late")
public final class LateController {

	@GetMapping("read")
	void read(Session session, @RequestParam String name, PrintWriter writer) {
		session.set("early", "yes");
		writer.print("first ");
		writer.flush();
		writer.print(session.get(name) + " " + session.has(name) + " " + session.get("early"));
	}

	@GetMapping("read-twice")
	void readTwice(Session session, @RequestParam String name, PrintWriter writer) {
		writer.print("first ");
		writer.flush();
		writer.print(session.get(name) + " " + session.get(name) + " " + session.flashKeys());
	}

	@GetMapping("change")
	void change(Session session, @RequestParam String change, PrintWriter writer) {
		session.set("early", "yes");
		writer.print("first ");
		writer.flush();
		attempt(session, change, writer);
	}

	@GetMapping("ask")
	void ask(HttpServletRequest request, HttpServletResponse response, @RequestParam String name,
			@RequestParam boolean flush) throws IOException {
		PrintWriter writer = response.getWriter();
		writer.print("first ");
		if (flush) {
			writer.flush();
		}
		writer.print(CurrentSession.of(request).get(name));
	}

	@GetMapping("ask-and-change")
	void askAndChange(HttpServletRequest request, @RequestParam String change, PrintWriter writer) {
		writer.print("first ");
		writer.flush();
		attempt(CurrentSession.of(request), change, writer);
	}

	@GetMapping("past-us")
	void pastUs(Session session, HttpServletResponse response) throws IOException {
		session.set("early", "yes");
		ServletResponse unwrapped = response;
		while (unwrapped instanceof ServletResponseWrapper wrapper) {
			unwrapped = wrapper.getResponse();
		}
		unwrapped.flushBuffer();
	}

	private static void attempt(Session session, String change, PrintWriter writer) {
		try {
			switch (change) {
				case "set" -> session.set("late", "yes");
				case "unset" -> session.unset("early");
				case "flash" -> session.flash("late", "yes");
				case "clear" -> session.clear();
				case "destroy" -> session.destroy();
				case "regenerate" -> session.regenerateId();
				default -> throw new IllegalArgumentException(change);
			}
			writer.print("changed");
		}
		catch (IllegalStateException ex) {
			writer.print(ex.getMessage());
		}
	}

}
