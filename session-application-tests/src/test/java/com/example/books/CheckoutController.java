package com.example.books;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** From the cart to the order, over three pages. */
@Controller
@RequestMapping("/checkout")
@SessionAttributes("order")
class CheckoutController {

	private final Cart cart;

	CheckoutController(Cart cart) {
		this.cart = cart;
	}

	@ModelAttribute("order")
	Order order() {
		Order order = new Order();
		order.setCents(this.cart.total());
		return order;
	}

	@InitBinder("order")
	void allow(WebDataBinder binder) {
		binder.setAllowedFields("address", "deliverOn", "payment");
	}

	@GetMapping
	String address() {
		return "checkout";
	}

	@PostMapping("/address")
	String deliverTo(@ModelAttribute("order") Order order) {
		return "redirect:/checkout";
	}

	@PostMapping("/payment")
	String pay(@ModelAttribute("order") Order order) {
		return "redirect:/checkout";
	}

	@PostMapping("/confirm")
	String confirm(@ModelAttribute("order") Order order, SessionStatus status, RedirectAttributes redirect) {
		redirect.addFlashAttribute("notice", "Sent to " + order.getAddress() + ", " + order.getPayment());
		status.setComplete();
		this.cart.clear();
		return "redirect:/";
	}

}
