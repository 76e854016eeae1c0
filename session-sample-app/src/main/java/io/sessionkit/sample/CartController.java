package io.sessionkit.sample;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import io.sessionkit.Session;
import io.sessionkit.spring.web.SessionValue;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * The cart. Each change ends in a redirect, and a flash attribute carries its message to
 * the next page.
 */
@Controller
class CartController {

	private static final String TO_CART = "redirect:/cart";

	private static final String REMOVED = "Item removed from cart.";

	private final Catalog catalog;

	CartController(Catalog catalog) {
		this.catalog = catalog;
	}

	/** Runs before each handler method and requires a signed-in user. */
	@ModelAttribute
	void loginRequired(@SessionValue String userId) {
	}

	@GetMapping("/cart")
	String cart(@SessionValue Optional<Cart> cart, @SessionValue @Nullable String notice,
			@SessionValue @Nullable String error, Model model) {
		List<CartLine> lines = this.catalog.lines(cart.orElseGet(Cart::empty));
		model.addAttribute("lines", lines);
		model.addAttribute("total", lines.stream().map(CartLine::total).reduce(BigDecimal.ZERO, BigDecimal::add));
		model.addAttribute("notice", notice);
		model.addAttribute("error", error);
		return "cart";
	}

	@PostMapping("/cart/items")
	String add(@RequestParam String sku, @RequestParam int quantity, Session session) {
		Optional<Product> product = this.catalog.find(sku);
		if (product.isEmpty()) {
			session.flash(ShopSession.ERROR, "Sorry, we don’t carry that item.");
		}
		else if (quantity < 1 || quantity > Cart.MAX_QUANTITY) {
			session.flash(ShopSession.ERROR, "Choose a quantity from 1 to " + Cart.MAX_QUANTITY + ".");
		}
		else {
			session.update(ShopSession.CART, Cart.empty(), (cart) -> cart.plus(sku, quantity));
			session.flash(ShopSession.NOTICE, product.get().name() + " added to cart.");
		}
		return TO_CART;
	}

	@PostMapping("/cart/items/{sku}/decrease")
	String decrease(@PathVariable String sku, Session session) {
		Cart changed = session.update(ShopSession.CART, Cart.empty(), (cart) -> cart.minusOne(sku));
		session.flash(ShopSession.NOTICE, changed.lines().containsKey(sku) ? "Quantity updated." : REMOVED);
		return TO_CART;
	}

	@PostMapping("/cart/items/{sku}/delete")
	String delete(@PathVariable String sku, Session session) {
		session.update(ShopSession.CART, Cart.empty(), (cart) -> cart.without(sku));
		session.flash(ShopSession.NOTICE, REMOVED);
		return TO_CART;
	}

	@ExceptionHandler({ MethodArgumentTypeMismatchException.class, MissingServletRequestParameterException.class })
	String unreadable(Session session) {
		session.flash(ShopSession.ERROR, "Choose an item and a quantity from 1 to " + Cart.MAX_QUANTITY + ".");
		return TO_CART;
	}

}
