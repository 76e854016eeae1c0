package io.sessionkit.spring.slice;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.security.Principal;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import io.sessionkit.spring.web.SessionValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Parameters whose types Spring knows a value of the request for, and live values.
 */
@RestController
@RequestMapping("/typed")
class TypedController {

	@PostMapping("/locale")
	String locale(@SessionValue("it") Optional<Locale> it) {
		return it.toString();
	}

	@PostMapping("/zone")
	String zone(@SessionValue("it") Optional<ZoneId> it) {
		return it.toString();
	}

	@PostMapping("/time-zone")
	String timeZone(@SessionValue("it") Optional<TimeZone> it) {
		return it.map(TimeZone::getID).toString();
	}

	@PostMapping("/plain-locale")
	String plainLocale(@SessionValue("it") Locale it) {
		return it.toString();
	}

	@PostMapping("/plain-zone")
	String plainZone(@SessionValue("it") ZoneId it) {
		return it.toString();
	}

	@PostMapping("/input-stream")
	String inputStream(@SessionValue("it") InputStream it) {
		return "the stream of " + it.getClass();
	}

	@PostMapping("/reader")
	String reader(@SessionValue("it") Reader it) {
		return "the reader of " + it.getClass();
	}

	@PostMapping("/output-stream")
	String outputStream(@SessionValue("it") OutputStream it) {
		return "the stream of " + it.getClass();
	}

	@PostMapping("/principal")
	String principal(@SessionValue("it") Principal it) {
		return "the principal of " + it.getClass();
	}

	@PostMapping("/method")
	String method(@SessionValue("it") HttpMethod it) {
		return it.toString();
	}

	@PostMapping("/request")
	String request(@SessionValue("it") HttpServletRequest it) {
		return "the request";
	}

	@PostMapping("/http-session")
	String httpSession(@SessionValue("it") HttpSession it) {
		return "the container's session";
	}

	@PostMapping("/map")
	String map(@SessionValue("it") Map<String, String> it) {
		return it.toString();
	}

	@GetMapping("/same")
	String same(@SessionValue Cart cart, Session session, @SessionValue("cart") Optional<Cart> again) {
		return (cart == session.get("cart", Cart.class)) + " " + (cart == again.orElseThrow());
	}

	@GetMapping("/same-list")
	String sameList(@SessionValue List<Item> items, Session session) {
		return String.valueOf(items == session.get(SessionKey.listOf("items", Item.class)));
	}

	@GetMapping("/add")
	String add(@SessionValue Cart cart) {
		cart.getItems().add(new Item("ink", 3));
		return "added";
	}

	@GetMapping("/add-to-list")
	String addToList(@SessionValue List<Item> items) {
		items.add(new Item("ink", 3));
		return "added";
	}

	@GetMapping("/add-to-map")
	String addToMap(@SessionValue Optional<Map<String, Item>> bySku) {
		bySku.orElseThrow().put("ink", new Item("ink", 3));
		return "added";
	}

	@GetMapping("/look")
	String look(@SessionValue Cart cart, @SessionValue List<Item> items, @SessionValue Map<String, Item> bySku) {
		return "looked";
	}

}
