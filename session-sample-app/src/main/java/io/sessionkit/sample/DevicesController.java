package io.sessionkit.sample;

import java.util.List;

import io.sessionkit.Session;
import io.sessionkit.SubjectSession;
import io.sessionkit.SubjectSessions;
import io.sessionkit.spring.web.SessionValue;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Lists where the user is signed in, and signs them out there. Sessions in cookies cannot
 * be listed, but with {@code sessionkit.revocation.storage} they can be ended.
 */
@Controller
@Profile("security")
class DevicesController {

	private static final String TO_DEVICES = "redirect:/devices";

	private final SubjectSessions sessions;

	private final boolean revocation;

	DevicesController(SubjectSessions sessions, @Value("${sessionkit.revocation.storage:}") String revocation) {
		this.sessions = sessions;
		this.revocation = !revocation.isEmpty();
	}

	@GetMapping("/devices")
	String devices(Session session, @SessionValue @Nullable String notice, Model model) {
		List<SubjectSession> devices = listed(session);
		model.addAttribute("devices", devices);
		model.addAttribute("endsOthers", (devices != null) ? devices.size() > 1 : this.revocation);
		model.addAttribute("until", session.expiresAt());
		model.addAttribute("notice", notice);
		return "devices";
	}

	@PostMapping("/devices/end")
	String end(@RequestParam String handle, @SessionValue String userId, Session session) {
		boolean ended = this.sessions.end(userId, handle);
		session.flash(ShopSession.NOTICE,
				ended ? "That device is now signed out." : "That device was already signed out.");
		return TO_DEVICES;
	}

	@PostMapping("/devices/end-others")
	String endOthers(Session session) {
		this.sessions.endOthers(session);
		session.flash(ShopSession.NOTICE, "All other devices are now signed out.");
		return TO_DEVICES;
	}

	private @Nullable List<SubjectSession> listed(Session session) {
		try {
			return this.sessions.list(session);
		}
		catch (IllegalStateException ex) {
			return null; // sessions in cookies cannot be listed
		}
	}

}
