package io.sessionkit.spring.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.sessionkit.Session;
import io.sessionkit.SessionSerializationException;
import io.sessionkit.spring.web.SessionValue;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Looks at sessions and changes them, from outside.
 */
@RestController
public final class ProbeController {

	@GetMapping("/mark")
	String mark(@SessionValue(defaultValue = "none") String mark) {
		return mark;
	}

	@GetMapping("/set")
	String set(@RequestParam String name, @RequestParam String value, Session session) {
		session.set(name, value);
		return "set";
	}

	@GetMapping("/flash")
	String flash(@RequestParam String name, @RequestParam String value, Session session) {
		session.flash(name, value);
		return "flash";
	}

	@GetMapping("/get")
	String get(@RequestParam String name, Session session) {
		return String.valueOf(session.get(name));
	}

	@GetMapping("/set-no-json")
	String setNoJson(Session session) {
		session.set("other", "kept");
		List<Object> circle = new ArrayList<>();
		circle.add(circle);
		try {
			session.set("mark", circle);
			return "set";
		}
		catch (SessionSerializationException ex) {
			return "refused at the call";
		}
	}

	@GetMapping("/unfit")
	String unfit(@RequestParam String name, Session session) {
		return String.valueOf(session.get(name, Duration.class));
	}

	@GetMapping("/id")
	String id(Session session) {
		return session.id();
	}

	@GetMapping("/remember")
	String remember(@RequestParam Duration life, Session session) {
		session.maxAge(life);
		return "remembered";
	}

	@GetMapping("/regenerate")
	String regenerate(Session session) {
		session.regenerateId();
		return "regenerated";
	}

	@GetMapping("/destroy")
	String destroy(Session session) {
		session.destroy();
		return "destroyed";
	}

	@GetMapping("/untouched")
	String untouched() {
		return "untouched";
	}

	@GetMapping("/unused")
	String unused(Session session) {
		return "unused";
	}

}
