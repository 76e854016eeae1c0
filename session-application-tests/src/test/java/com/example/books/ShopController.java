package com.example.books;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.util.WebUtils;

/** The pages that everybody may see. */
@Controller
class ShopController {

	private final Catalog catalog;

	private final Cart cart;

	private final ReadingList readingList;

	ShopController(Catalog catalog, Cart cart, ReadingList readingList) {
		this.catalog = catalog;
		this.cart = cart;
		this.readingList = readingList;
	}

	@GetMapping("/")
	String home(HttpServletRequest request, Model model) {
		HttpSession session = request.getSession();
		Integer visits = (Integer) session.getAttribute("visits");
		if (visits == null) {
			visits = 0;
			session.setAttribute("firstVisit", LocalDate.of(2026, 2, 28));
			session.setAttribute("startedAt", session.getCreationTime());
		}
		session.setAttribute("visits", visits + 1);
		model.addAttribute("sessionId", session.getId());
		return "home";
	}

	@GetMapping("/books/{isbn}")
	String book(@PathVariable String isbn, HttpServletRequest request, HttpSession session, Model model) {
		Book book = this.catalog.find(isbn);
		viewed(session).add(book);
		genres(session).merge(book.genre(), 1, Integer::sum);
		WebUtils.setSessionAttribute(request, "lastViewed", book);
		model.addAttribute("book", book);
		return "book";
	}

	@SuppressWarnings("unchecked")
	private static List<Book> viewed(HttpSession session) {
		List<Book> viewed = (List<Book>) session.getAttribute("viewed");
		if (viewed == null) {
			viewed = new ArrayList<>();
			session.setAttribute("viewed", viewed);
		}
		return viewed;
	}

	@SuppressWarnings("unchecked")
	private static Map<Genre, Integer> genres(HttpSession session) {
		if (session.getAttribute("genres") == null) {
			session.setAttribute("genres", new HashMap<Genre, Integer>());
		}
		return (Map<Genre, Integer>) session.getAttribute("genres");
	}

	@PostMapping("/cart")
	String buy(@RequestParam String isbn) {
		this.cart.add(isbn);
		return "redirect:/";
	}

	@PostMapping("/reading-list")
	String note(@RequestParam String isbn) {
		this.readingList.note(isbn);
		return "redirect:/";
	}

	@PostMapping("/reservation")
	String reserve(@RequestParam String isbn, HttpSession session) {
		session.setAttribute("reservation", new Reservation(isbn));
		return "redirect:/";
	}

	@PostMapping("/customer")
	String introduce(@RequestParam String name, HttpSession session) {
		session.setAttribute("customer", new Customer(name, LocalDate.of(1815, 12, 10), Set.of(Genre.POETRY)));
		return "redirect:/greeting";
	}

	@GetMapping("/greeting")
	@ResponseBody
	String greet(@SessionAttribute(required = false) @Nullable Customer customer) {
		return (customer != null)
				? customer.name() + ", born in " + customer.birthday().getYear() + ", likes " + customer.likes()
				: "Who are you?";
	}

	@PostMapping("/leave")
	String leave(HttpSession session) {
		session.invalidate();
		return "redirect:/bye";
	}

	@GetMapping("/bye")
	@ResponseBody
	String bye(HttpServletRequest request) {
		return (request.getSession(false) != null) ? "You are still here" : "Bye";
	}

}
