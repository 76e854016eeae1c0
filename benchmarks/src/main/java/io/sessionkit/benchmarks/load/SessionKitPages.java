package io.sessionkit.benchmarks.load;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import io.sessionkit.spring.web.SessionValue;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The pages, by SessionKit.
 */
@RestController
class SessionKitPages {

	private static final SessionKey<Integer> COUNT = SessionKey.of(Payload.COUNT, Integer.class);

	private final Fat fat;

	SessionKitPages(Fat fat) {
		this.fat = fat;
	}

	@GetMapping("/read")
	String read(@SessionValue(Payload.USER) String user) {
		return user;
	}

	@PostMapping("/write")
	String write(Session session) {
		Integer count = session.get(COUNT, () -> 0);
		session.set(COUNT, count + 1);
		return Integer.toString(count + 1);
	}

	@PostMapping("/fat")
	String fat(Session session) {
		int count = session.get(COUNT, () -> 0) + 1;
		session.set(COUNT, count);
		session.set(Payload.FAT, this.fat.text(count));
		return Integer.toString(count);
	}

	@PostMapping("/login")
	String login(Session session) {
		session.set(Payload.USER, Payload.NAME);
		session.set(COUNT, 0);
		session.set(Payload.CART, Payload.LINES);
		return "ok";
	}

}
