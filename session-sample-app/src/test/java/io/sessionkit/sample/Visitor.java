package io.sessionkit.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;

import org.htmlunit.Page;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.http.Cookie;

/**
 * A person with a browser of their own, who can do what the pages offer and nothing else.
 */
final class Visitor implements AutoCloseable {

	private final WebClient browser = new WebClient();

	private final RunningShop shop;

	Visitor(RunningShop shop) {
		this.shop = shop;
		this.browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
		this.browser.getOptions().setJavaScriptEnabled(false);
		this.browser.getOptions().setCssEnabled(false);
	}

	HtmlPage open(String path) {
		try {
			return this.browser.getPage(this.shop.url(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String json() {
		try {
			Page page = this.browser.getPage(this.shop.url("/api/session"));
			return page.getWebResponse().getContentAsString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	HtmlPage logIn() {
		return logIn("demo");
	}

	HtmlPage logIn(String password) {
		return logIn(open("/login"), password);
	}

	static HtmlPage logIn(HtmlPage form, String password) {
		fill(form, "username", "demo");
		fill(form, "password", password);
		return press(form, "#login");
	}

	HtmlPage add(String sku, String quantity) {
		HtmlPage shelf = open("/");
		fill(shelf, "quantity-" + sku, quantity);
		return press(shelf, "#add-" + sku);
	}

	HtmlPage choose(String theme) {
		return press(open("/login"), ".theme button[value=" + theme + "]");
	}

	static void fill(HtmlPage page, String id, String text) {
		((HtmlInput) page.getElementById(id)).setValue(text);
	}

	static HtmlPage press(HtmlPage page, String selector) {
		try {
			return page.<DomElement>querySelector(selector).click();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The CSRF token that the forms of this visitor carry. */
	String token() {
		return open("/session").<HtmlInput>querySelector("input[name=_csrf]").getValue();
	}

	/** The value of the session's cookie, or "". */
	String cookie() {
		Cookie cookie = this.browser.getCookieManager().getCookie("__session");
		return (cookie != null) ? cookie.getValue() : "";
	}

	/** Keeps the session's cookie of another program on this host. */
	void receive(String setCookie) {
		String value = setCookie.substring("__session=".length(), setCookie.indexOf(';'));
		this.browser.getCookieManager().clearCookies();
		if (!value.isEmpty()) {
			this.browser.getCookieManager().addCookie(new Cookie("localhost", "__session", value));
		}
	}

	/** The names of all cookies that this browser has. */
	Set<String> cookieNames() {
		return this.browser.getCookieManager().getCookies().stream().map(Cookie::getName).collect(Collectors.toSet());
	}

	@Override
	public void close() {
		this.browser.close();
	}

}
