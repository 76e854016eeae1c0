package io.sessionkit.spring.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessionkit.Session;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.RunningApp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.annotation.SessionScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans of Spring's scope "session".
 */
class SessionBeanScopeTests {

	@ParameterizedTest
	@ValueSource(strings = { "cookie", "memory" })
	void aBeanHasItsDependenciesAndItsStateAndEndsWithTheSession(String storage) {
		try (RunningApp app = RunningApp.start(CartApp.class, "sessionkit.storage=" + storage)) {
			Browser browser = app.browser();
			assertThat(browser.get("/cart").body()).isEqualTo("0 for 0");
			assertThat(browser.cookie()).as("looking at it stores nothing").isEmpty();
			browser.get("/cart/add?name=tea");
			browser.get("/cart/add?name=cup");
			assertThat(browser.get("/cart").body()).isEqualTo("2 for 14");
			assertThat(browser.get("/cart/logout").body()).isEqualTo("2 for 14 then 0 for 0");
			assertThat(app.bean(Prices.class).ended.get()).isEqualTo(1);
			assertThat(browser.get("/cart").body()).isEqualTo("0 for 0");
			assertThat(app.browser().get("/cart").body()).isEqualTo("0 for 0");
		}
	}

	/** Who logs out by it leaves nothing to the next user of the browser. */
	@ParameterizedTest
	@ValueSource(strings = { "cookie", "memory" })
	void aClearedSessionHasNoBeansAnyMore(String storage) {
		try (RunningApp app = RunningApp.start(CartApp.class, "sessionkit.storage=" + storage)) {
			Browser browser = app.browser();
			browser.get("/cart/add?name=tea");
			assertThat(browser.get("/cart/clear").body()).isEqualTo("1 for 7 then 0 for 0");
			assertThat(app.bean(Prices.class).ended.get()).isEqualTo(1);
			assertThat(browser.get("/cart").body()).isEqualTo("0 for 0");
		}
	}

	/** As {@code sessionScope['scopedTarget.cart']} of a JSP reads it. */
	@ParameterizedTest
	@ValueSource(strings = { "cookie", "memory" })
	void aBeanIsAnAttributeOfHttpSessionAsBySpringsOwnScope(String storage) {
		try (RunningApp app = RunningApp.start(CartApp.class, "sessionkit.storage=" + storage)) {
			Browser browser = app.browser();
			assertThat(browser.get("/cart/attribute").body()).isEqualTo("none");
			assertThat(browser.cookie()).isEmpty();
			browser.get("/cart/add?name=tea");
			assertThat(browser.get("/cart/attribute").body()).isEqualTo("1 for 7");
			assertThat(browser.get("/cart/attribute/add?name=cup").body()).isEqualTo("true");
			assertThat(browser.get("/cart").body()).isEqualTo("2 for 14");
			assertThat(browser.get("/cart/attribute/remove").body()).isEqualTo("0 for 0");
			assertThat(browser.get("/cart/attribute").body()).isEqualTo("none");
			browser.get("/cart/add?name=cup");
			assertThat(browser.get("/cart").body()).isEqualTo("1 for 7");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Carts.class, Cart.class, Prices.class, Discounts.class })
	static class CartApp {

	}

	@Component
	static class Prices {

		private final AtomicInteger ended = new AtomicInteger();

		int price() {
			return 7;
		}

	}

	@Component
	static class Discounts {

	}

	@Component
	@SessionScope
	static class Cart implements DisposableBean {

		private final Prices prices;

		private final List<Line> lines = new ArrayList<>();

		@Autowired
		private Discounts discounts;

		private transient int seen;

		Cart(Prices prices) {
			this.prices = prices;
		}

		void add(String name) {
			this.lines.add(new Line(name, 1));
		}

		String total() {
			this.seen++;
			return this.lines.size() + " for " + this.lines.size() * this.prices.price()
					+ ((this.discounts == null || this.seen != 1) ? " broken" : "");
		}

		@Override
		public void destroy() {
			this.prices.ended.incrementAndGet();
		}

	}

	record Line(String name, int count) {
	}

	@RestController
	static class Carts {

		private static final String ATTRIBUTE = "scopedTarget." + Cart.class.getName();

		private final Cart cart;

		Carts(Cart cart) {
			this.cart = cart;
		}

		@GetMapping("/cart")
		String cart() {
			return this.cart.total();
		}

		@GetMapping("/cart/add")
		void add(@RequestParam String name) {
			this.cart.add(name);
		}

		@GetMapping("/cart/attribute")
		String attribute(HttpSession session) {
			return (session.getAttribute(ATTRIBUTE) instanceof Cart present) ? present.total() : "none";
		}

		@GetMapping("/cart/attribute/add")
		boolean addToAttribute(@RequestParam String name, HttpSession session) {
			Cart present = (Cart) session.getAttribute(ATTRIBUTE);
			present.add(name);
			return session.getAttribute(ATTRIBUTE) == present;
		}

		@GetMapping("/cart/attribute/remove")
		String removeAttribute(HttpSession session) {
			session.removeAttribute(ATTRIBUTE);
			return this.cart.total();
		}

		@GetMapping("/cart/clear")
		String clear(Session session) {
			String before = this.cart.total();
			session.clear();
			return before + " then " + this.cart.total();
		}

		@GetMapping("/cart/logout")
		String logout(HttpServletRequest request) {
			String before = this.cart.total();
			request.getSession().invalidate();
			return before + " then " + this.cart.total();
		}

	}

}
