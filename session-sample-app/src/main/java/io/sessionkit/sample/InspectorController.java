package io.sessionkit.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * Shows developers what is in their session: names and sizes but no values, and only the
 * first characters of the id.
 */
@Controller
class InspectorController {

	/** The limit of cookie storage: 4096 bytes, which is what browsers accept. */
	private static final Limit COOKIE = new Limit(4096, "4,096 bytes");

	/** The limit of every server-side storage. */
	private static final Limit RECORD = new Limit(256 * 1024, "256 KiB");

	private final JsonMapper json = new JsonMapper();

	private final String name;

	private final boolean inCookie;

	private final SessionCookie cookie;

	InspectorController(@Value("${sessionkit.storage:cookie}") String name, SessionStorage storage,
			SessionCookie sessionCookie) {
		this.name = name;
		this.inCookie = storage.isInCookie();
		this.cookie = sessionCookie;
	}

	@GetMapping("/session")
	String inspect(Session session, @RequestHeader("Cookie") Optional<String> header, Model model) {
		Limit limit = this.inCookie ? COOKIE : RECORD;
		List<Part> parts = parts(session, limit);
		int bytes = parts.stream().mapToInt(Part::bytes).sum();
		int cookieBytes = session.isNew() ? 0 : this.cookie.values(header.orElse(null)).get(0).length();
		if (this.inCookie && cookieBytes > bytes) {
			parts.add(Part.after(parts, "Overhead", Kind.OVERHEAD, cookieBytes - bytes, limit));
			bytes = cookieBytes;
		}
		model.addAttribute("storage", this.name);
		model.addAttribute("inCookie", this.inCookie);
		model.addAttribute("id", shortened(session.id()));
		model.addAttribute("created", session.createdAt());
		model.addAttribute("expires", session.expiresAt());
		model.addAttribute("cookieBytes", cookieBytes);
		model.addAttribute("parts", parts);
		model.addAttribute("bytes", bytes);
		model.addAttribute("limit", limit);
		model.addAttribute("flashKeys", session.flashKeys());
		return "session";
	}

	private List<Part> parts(Session session, Limit limit) {
		List<Part> parts = new ArrayList<>();
		Set<String> values = session.keys();
		for (Map.Entry<String, Object> value : session.data().entrySet()) {
			Kind kind = values.contains(value.getKey()) ? Kind.VALUE : Kind.FLASH;
			int bytes = this.json.writeValueAsBytes(value.getValue()).length;
			parts.add(Part.after(parts, value.getKey(), kind, bytes, limit));
		}
		return parts;
	}

	private static String shortened(String id) {
		return (id.length() > 6) ? id.substring(0, 6) + "…" : "";
	}

	/** The size that a session can have. */
	record Limit(int bytes, String text) {

	}

	enum Kind {

		VALUE, FLASH, OVERHEAD

	}

	/** What takes up space in a session, and its segment of the bar. */
	record Part(String name, Kind kind, int bytes, String share, int offset, int width) {

		/** A part whose segment follows the others and is wide enough to be seen. */
		static Part after(List<Part> others, String name, Kind kind, int bytes, Limit limit) {
			double percent = 100.0 * bytes / limit.bytes();
			String share = (percent < 0.1) ? "< 0.1%" : String.format(Locale.US, "%.1f%%", percent);
			int offset = others.stream().mapToInt(Part::width).sum();
			return new Part(name, kind, bytes, share, offset, Math.max(bytes, limit.bytes() / 200));
		}

	}

}
