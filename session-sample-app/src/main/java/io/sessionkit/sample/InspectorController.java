package io.sessionkit.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.sessionkit.Session;
import io.sessionkit.cookie.SessionCookie;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * Shows developers what their session is made of: names and sizes, no values, and of the
 * id no more than its beginning.
 */
@Controller
class InspectorController {

	/** What browsers accept for one cookie, and so what cookie storage accepts. */
	private static final int COOKIE_LIMIT = 4096;

	private final JsonMapper json = new JsonMapper();

	private final String storage;

	private final SessionCookie cookie;

	InspectorController(@Value("${sessionkit.storage:cookie}") String storage, SessionCookie sessionCookie) {
		this.storage = storage;
		this.cookie = sessionCookie;
	}

	@GetMapping("/session")
	String inspect(Session session, @RequestHeader("Cookie") Optional<String> header, Model model) {
		List<KeySize> keys = keySizes(session);
		int bytes = keys.stream().mapToInt(KeySize::bytes).sum();
		List<String> cookies = this.cookie.values(header.orElse(null));
		int cookieBytes = session.isNew() ? 0 : cookies.get(0).length();
		model.addAttribute("storage", this.storage);
		model.addAttribute("id", shortened(session.id()));
		model.addAttribute("created", session.createdAt());
		model.addAttribute("expires", session.expiresAt());
		model.addAttribute("keys", keys);
		model.addAttribute("flashKeys", session.flashKeys());
		model.addAttribute("bytes", bytes);
		model.addAttribute("cookieBytes", cookieBytes);
		model.addAttribute("wrapping", this.storage.equals("cookie") ? Math.max(0, cookieBytes - bytes) : 0);
		model.addAttribute("limit", COOKIE_LIMIT);
		return "session";
	}

	private List<KeySize> keySizes(Session session) {
		List<KeySize> sizes = new ArrayList<>();
		Set<String> values = session.keys();
		int offset = 0;
		for (Map.Entry<String, Object> value : session.data().entrySet()) {
			int bytes = this.json.writeValueAsBytes(value.getValue()).length;
			sizes.add(new KeySize(value.getKey(), bytes, offset, !values.contains(value.getKey())));
			offset += bytes;
		}
		return sizes;
	}

	private static String shortened(String id) {
		return (id.length() > 6) ? id.substring(0, 6) + "…" : "";
	}

	/** How much of a session one key takes, and where its part of the bar begins. */
	record KeySize(String name, int bytes, int offset, boolean flash) {

	}

}
